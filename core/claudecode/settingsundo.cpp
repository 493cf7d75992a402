// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsundo.h"

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

using jsonspans::Member;
using jsonspans::Object;
using jsonspans::Span;

QByteArrayList envNamesOf(const std::vector<EditStep>& steps) {
    QByteArrayList names;
    for (const EditStep& step : steps) {
        if (step.isInEnv) names << step.name;
    }
    return names;
}

bool isEmptyObject(QByteArrayView text, const Object& object) {
    if (!object.members.empty()) return false;
    const QByteArrayView inner = text.sliced(object.braces.begin + 1, object.braces.size() - 2);
    return inner.trimmed().isEmpty();
}

/// An object and the text that it lies in.
struct ObjectText {
    QByteArrayView text;
    const Object& object;
};

/// Whether `after` has the members of `before` with the same bytes, but for the one of that name.
bool isOnlyLack(const ObjectText& before, const ObjectText& after, const QByteArray& name) {
    if (after.object.hasTrailingComma && !before.object.hasTrailingComma) return false;
    auto kept = after.object.members.begin();
    const auto end = after.object.members.end();
    for (const Member& member : before.object.members) {
        if (member.name == name) continue;
        if (kept == end || kept->name != member.name) return false;
        if (jsonspans::slice(before.text, member.value) !=
            jsonspans::slice(after.text, kept->value))
            return false;
        ++kept;
    }
    return kept == end;
}

/// The span that an insertion takes in a text today; nothing when its neighbourhood has changed.
std::optional<Span> spanOfInsertion(QByteArrayView text, const EditStep& step, Span value) {
    const Span span{value.begin - step.lead.size(), value.end + step.tail.size()};
    if (span.begin < 0 || span.end > text.size()) return {};
    if (jsonspans::slice(text, {span.begin, value.begin}) != step.lead) return {};
    if (jsonspans::slice(text, {value.end, span.end}) != step.tail) return {};
    return span;
}

class Undoer {
public:
    Undoer(const QByteArray& text, const std::vector<EditStep>& steps)
        : m_envNames(envNamesOf(steps)) {
        m_undo.text = text;
    }

    [[nodiscard]] std::optional<EditFault> look();
    [[nodiscard]] std::optional<EditFault> undo(const EditStep& step);
    [[nodiscard]] SettingsUndo taken() && { return std::move(m_undo); }

private:
    [[nodiscard]] const Object& objectOf(const EditStep& step) const {
        return step.isInEnv ? m_view.env : m_view.root;
    }
    void undoRoot(const EditStep& step);
    void undoEnv(const EditStep& step);
    void undoKey(const EditStep& step);
    void removeMember(const EditStep& step, const Member& member);

    SettingsUndo m_undo;
    SettingsView m_view;
    QByteArrayList m_envNames;
};

std::optional<EditFault> Undoer::look() {
    auto view = viewOf(m_undo.text, m_envNames);
    if (!view) return view.error();
    m_view = std::move(view).value();
    return {};
}

void Undoer::removeMember(const EditStep& step, const Member& member) {
    const Object& object = objectOf(step);
    if (const auto span = spanOfInsertion(m_undo.text, step, member.value);
        span && !step.lead.isEmpty()) {
        QByteArray exact = jsonspans::withReplaced(m_undo.text, *span, {});
        const auto view = viewOf(exact, m_envNames);
        if (view && (!step.isInEnv || view->hasEnv) && !view->isEmpty &&
            isOnlyLack({m_undo.text, object}, {exact, step.isInEnv ? view->env : view->root},
                       step.name)) {
            m_undo.text = std::move(exact);
            return;
        }
    }
    m_undo.text = jsonspans::withoutMember(m_undo.text, object.braces.begin, step.name);
}

void Undoer::undoRoot(const EditStep& step) {
    if (m_view.isEmpty || !isEmptyObject(m_undo.text, m_view.root)) return;
    if (const auto span = spanOfInsertion(m_undo.text, step, m_view.root.braces))
        m_undo.text = jsonspans::withReplaced(m_undo.text, *span, {});
}

void Undoer::undoEnv(const EditStep& step) {
    if (!m_view.hasEnv || !isEmptyObject(m_undo.text, m_view.env)) return;
    removeMember(step, *m_view.member(step.name, false));
}

void Undoer::undoKey(const EditStep& step) {
    const Member* member = m_view.member(step.name, step.isInEnv);
    const bool isReplacement = step.kind == EditStep::Kind::Replace;
    if (!member) {
        if (isReplacement) m_undo.leftAlone.push_back(step.path());
        return;
    }
    const QByteArray current = jsonspans::slice(m_undo.text, member->value).toByteArray();
    // An apply that was cut short may never have reached this key.
    if (isReplacement && current == step.before) return;
    if (!isSameJson(current, step.value) && !isSameJson(current, step.former)) {
        m_undo.leftAlone.push_back(step.path());
        return;
    }
    if (isReplacement) {
        m_undo.text = jsonspans::withReplaced(m_undo.text, member->value, step.before);
    } else {
        removeMember(step, *member);
    }
    m_undo.restored.push_back(step.path());
}

std::optional<EditFault> Undoer::undo(const EditStep& step) {
    switch (step.kind) {
    case EditStep::Kind::Root: undoRoot(step); break;
    case EditStep::Kind::Env: undoEnv(step); break;
    case EditStep::Kind::Insert:
    case EditStep::Kind::Replace: undoKey(step); break;
    }
    if (look()) return EditFault{EditFault::Kind::Unfaithful, 0, {}, step.path()};
    return {};
}

} // namespace

Result<SettingsUndo, EditFault> withStepsUndone(const QByteArray& text,
                                                const std::vector<EditStep>& steps) {
    Undoer undoer(text, steps);
    if (auto fault = undoer.look()) return Failure{*fault};
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        if (auto fault = undoer.undo(*step)) return Failure{*fault};
    }
    SettingsUndo undo = std::move(undoer).taken();
    std::reverse(undo.restored.begin(), undo.restored.end());
    std::reverse(undo.leftAlone.begin(), undo.leftAlone.end());
    return undo;
}

} // namespace sallyport
