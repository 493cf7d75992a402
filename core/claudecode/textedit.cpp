// SPDX-License-Identifier: MIT
#include "core/claudecode/textedit.h"

#include <QStringBuilder>

namespace sallyport {

namespace {

constexpr QByteArrayView kBegin("# >>> sallyport >>>\n");
constexpr QByteArrayView kEnd("# <<< sallyport <<<\n");
/// The first words of every file that is ours as a whole.
constexpr QByteArrayView kMark("# Written by Sallyport");

bool isLineStart(const QByteArray& content, qsizetype at) {
    return at == 0 || content.at(at - 1) == '\n';
}

/// Where the block stands, marked lines included; -1 when there is none.
qsizetype blockBegin(const QByteArray& content) {
    qsizetype at = content.indexOf(kBegin);
    while (at > 0 && !isLineStart(content, at))
        at = content.indexOf(kBegin, at + 1);
    return at;
}

bool isOurs(const QByteArray& present, const TextEdit& edit) {
    return present == edit.value || (!edit.former.isEmpty() && present == edit.former);
}

EditedText wholeSet(const QByteArray& content, const WantedText& wanted,
                    const std::optional<TextEdit>& earlier) {
    EditedText out{wanted.text, {true, {}, wanted.text, {}, {}}, false};
    if (earlier && isOurs(content, *earlier)) {
        out.edit.before = earlier->before;
        out.edit.former = content;
    } else if (content.startsWith(kMark)) {
        out.edit.former = content;
    } else if (!content.isEmpty()) {
        out.edit.before = content;
    }
    return out;
}

} // namespace

QByteArray markedBlock(const QByteArray& text) {
    return kBegin.toByteArray() + text + kEnd.toByteArray();
}

std::optional<QByteArray> presentText(const QByteArray& content, bool isWhole) {
    if (isWhole) return content;
    const qsizetype begin = blockBegin(content);
    if (begin < 0) return {};
    const qsizetype end = content.indexOf(kEnd, begin);
    // Without its last line nobody can say where it ends: only the first is ours.
    const qsizetype stop = end < 0 ? begin + kBegin.size() : end + kEnd.size();
    return content.mid(begin, stop - begin);
}

EditedText withTextSet(const QByteArray& content, const WantedText& wanted,
                       const std::optional<TextEdit>& earlier) {
    if (wanted.isWhole) return wholeSet(content, wanted, earlier);
    const QByteArray block = markedBlock(wanted.text);
    const auto present = presentText(content, false);
    EditedText out{content, {false, {}, block, {}, {}}, false};
    if (!present) {
        if (!content.isEmpty() && !content.endsWith('\n')) out.edit.lead = "\n";
        out.text = content + out.edit.lead + block;
        return out;
    }
    if (earlier) out.edit.lead = earlier->lead;
    out.edit.former = *present;
    out.text.replace(blockBegin(content), present->size(), block);
    return out;
}

EditedText withTextUndone(const QByteArray& content, const TextEdit& edit) {
    EditedText out{content, edit, false};
    const auto present = presentText(content, edit.isWhole);
    if (!present) return out;
    if (!isOurs(*present, edit)) {
        // An apply that was cut short may never have written it.
        out.isLeftAlone = !(edit.isWhole && content == edit.before.value_or(QByteArray()));
        return out;
    }
    if (edit.isWhole) {
        out.text = edit.before.value_or(QByteArray());
        return out;
    }
    const qsizetype begin = blockBegin(content);
    const bool isLast = begin + present->size() == content.size();
    const qsizetype lead =
        isLast && begin >= edit.lead.size() && content.left(begin).endsWith(edit.lead)
            ? edit.lead.size()
            : 0;
    out.text.remove(begin - lead, present->size() + lead);
    return out;
}

} // namespace sallyport
