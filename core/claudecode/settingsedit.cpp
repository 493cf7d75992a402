// SPDX-License-Identifier: MIT
#include "core/claudecode/settingsedit.h"

#include "core/support/jsonstring.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>
#include <optional>

namespace sallyport {

namespace {

using jsonspans::Insertion;
using jsonspans::Kind;
using jsonspans::Member;
using jsonspans::Object;

const QByteArray kEnv = QByteArrayLiteral("env");

QString pathOf(const QByteArray& name, bool isInEnv) {
    const QString text = QString::fromUtf8(name);
    return isInEnv ? QString(QLatin1String("env.") + text) : text;
}

QByteArray bytesOf(QByteArrayView text, const Member& member) {
    return jsonspans::slice(text, member.value).toByteArray();
}

EditStep* stepFor(std::vector<EditStep>& steps, const WantedKey& key) {
    const auto found = std::find_if(steps.begin(), steps.end(), [&key](const EditStep& step) {
        return step.kind != EditStep::Kind::Root && step.name == key.name &&
               step.isInEnv == key.isInEnv;
    });
    return found == steps.end() ? nullptr : &*found;
}

EditStep insertStep(EditStep::Kind kind, const WantedKey& key, const Insertion& insertion) {
    EditStep step;
    step.kind = kind;
    step.name = key.name;
    step.isInEnv = key.isInEnv;
    step.lead = insertion.lead;
    step.value = insertion.value;
    step.tail = insertion.tail;
    return step;
}

void forget(std::vector<EditStep>& steps, const EditStep& like) {
    std::erase_if(steps, [&like](const EditStep& step) {
        return (step.kind == EditStep::Kind::Root) == (like.kind == EditStep::Kind::Root) &&
               step.name == like.name && step.isInEnv == like.isInEnv;
    });
}

bool looksLikeOurToken(const QByteArray& value) {
    if (value == "\"sallyport\"") return true;
    constexpr qsizetype kQuotedTokenBytes = 37;
    if (value.size() != kQuotedTokenBytes || !value.startsWith("\"sp-")) return false;
    return std::all_of(value.begin() + 4, value.end() - 1, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_';
    });
}

/// Whether a value is one that an earlier Sallyport wrote whose journal is lost. It is never
/// recorded as the one before: undo would point Claude Code at a listener that is gone.
bool looksLikeOurs(QByteArrayView text, const SettingsView& view, const WantedKey& key) {
    const Member* token = view.member("ANTHROPIC_AUTH_TOKEN", true);
    if (!key.isInEnv || !token || !looksLikeOurToken(bytesOf(text, *token))) return false;
    if (key.name == "ANTHROPIC_AUTH_TOKEN") return true;
    const Member* url = view.member("ANTHROPIC_BASE_URL", true);
    if (key.name != "ANTHROPIC_BASE_URL" || !url || url->kind != Kind::String) return false;
    const QString host = QUrl(QString::fromUtf8(decodedJsonString(bytesOf(text, *url)))).host();
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

/// A run of edits over one text.
class Editor {
public:
    Editor(QByteArray text, std::vector<EditStep> steps, QByteArrayList envNames)
        : m_text(std::move(text))
        , m_steps(std::move(steps))
        , m_envNames(std::move(envNames))
        , m_isJournalLost(m_steps.empty()) {}

    [[nodiscard]] std::optional<EditFault> look();
    [[nodiscard]] std::optional<EditFault> makeContainers();
    [[nodiscard]] std::optional<EditFault> set(const WantedKey& key);
    [[nodiscard]] SettingsEdit taken() && { return {std::move(m_text), std::move(m_steps)}; }

private:
    void insert(const WantedKey& key, EditStep::Kind kind);
    void replace(const WantedKey& key, const Member& member);

    QByteArray m_text;
    std::vector<EditStep> m_steps;
    QByteArrayList m_envNames;
    bool m_isJournalLost; ///< or there never was one
    SettingsView m_view;
};

std::optional<EditFault> Editor::look() {
    auto view = viewOf(m_text, m_envNames);
    if (!view) return view.error();
    m_view = std::move(view).value();
    return {};
}

std::optional<EditFault> Editor::makeContainers() {
    if (m_view.isEmpty) {
        const Insertion insertion = jsonspans::rootInsertion(m_text);
        EditStep step = insertStep(EditStep::Kind::Root, {{}, false, {}, false}, insertion);
        m_text = jsonspans::withInsertion(m_text, insertion);
        m_steps = {std::move(step)};
        if (auto fault = look()) return fault;
    }
    if (m_view.hasEnv || m_envNames.isEmpty()) return {};
    insert({kEnv, false, "{}", false}, EditStep::Kind::Env);
    return look();
}

void Editor::insert(const WantedKey& key, EditStep::Kind kind) {
    const Object& object = key.isInEnv ? m_view.env : m_view.root;
    const Insertion insertion =
        jsonspans::memberInsertion(m_text, object.braces.begin, key.name, key.value);
    EditStep step = insertStep(kind, key, insertion);
    m_text = jsonspans::withInsertion(m_text, insertion);
    forget(m_steps, step);
    m_steps.push_back(std::move(step));
}

void Editor::replace(const WantedKey& key, const Member& member) {
    const QByteArray current = bytesOf(m_text, member);
    EditStep* known = stepFor(m_steps, key);
    if (known && (isSameJson(current, known->value) || isSameJson(current, known->former))) {
        known->former = current;
        known->value = key.value;
    } else {
        EditStep step = insertStep(EditStep::Kind::Replace, key, {0, {}, key.value, {}});
        if (m_isJournalLost && looksLikeOurs(m_text, m_view, key)) {
            step.kind = EditStep::Kind::Insert;
        } else {
            step.before = current;
        }
        forget(m_steps, step);
        m_steps.push_back(std::move(step));
    }
    m_text = jsonspans::withReplaced(m_text, member.value, key.value);
}

std::optional<EditFault> Editor::set(const WantedKey& key) {
    const Member* member = m_view.member(key.name, key.isInEnv);
    if (!member) {
        insert(key, EditStep::Kind::Insert);
    } else if (!isSameJson(bytesOf(m_text, *member), key.value)) {
        replace(key, *member);
    } else {
        return {};
    }
    if (auto fault = look()) return fault;
    const Member* now = m_view.member(key.name, key.isInEnv);
    if (!now || bytesOf(m_text, *now) != key.value)
        return EditFault{EditFault::Kind::Unfaithful, 0, {}, key.path()};
    return {};
}

std::optional<EditFault> doubled(QByteArrayView text, const Object& object, bool isInEnv,
                                 const QByteArrayList& names) {
    for (const QByteArray& name : names) {
        if (jsonspans::count(object, name) < 2) continue;
        const auto last = std::find_if(object.members.rbegin(), object.members.rend(),
                                       [&name](const Member& m) { return m.name == name; });
        return EditFault{EditFault::Kind::DoubledKey,
                         jsonspans::lineOf(text, last->key.begin),
                         {},
                         pathOf(name, isInEnv)};
    }
    return {};
}

} // namespace

bool isSameJson(const QByteArray& a, const QByteArray& b) {
    if (a.startsWith('"') && b.startsWith('"')) return decodedJsonString(a) == decodedJsonString(b);
    return a == b;
}

QByteArrayList envNamesOf(const std::vector<WantedKey>& keys) {
    QByteArrayList names;
    for (const WantedKey& key : keys) {
        if (key.isInEnv) names << key.name;
    }
    return names;
}

QString WantedKey::path() const { return pathOf(name, isInEnv); }
QString EditStep::path() const { return pathOf(name, isInEnv); }

const Member* SettingsView::member(const QByteArray& name, bool isInEnv) const {
    if (isInEnv && !hasEnv) return nullptr;
    return jsonspans::find(isInEnv ? env : root, name);
}

Result<SettingsView, EditFault> viewOf(QByteArrayView text, const QByteArrayList& envNames) {
    const auto root = jsonspans::scan(text);
    if (!root) {
        const jsonspans::Fault& fault = root.error();
        return Failure{EditFault{
            EditFault::Kind::NotJson, jsonspans::lineOf(text, fault.offset), fault.kind, {}}};
    }
    SettingsView view;
    view.isEmpty = !root->has_value();
    if (view.isEmpty) return view;
    const jsonspans::Root& document = **root;
    if (document.kind != Kind::Object)
        return Failure{EditFault{
            EditFault::Kind::NotAnObject, jsonspans::lineOf(text, document.span.begin), {}, {}}};
    view.root = jsonspans::objectAt(text, document.span.begin);
    if (auto fault = doubled(text, view.root, false, {kEnv, "skipWebFetchPreflight"}))
        return Failure{*fault};
    const Member* env = jsonspans::find(view.root, kEnv);
    if (!env) return view;
    if (env->kind != Kind::Object)
        return Failure{EditFault{
            EditFault::Kind::EnvNotAnObject, jsonspans::lineOf(text, env->value.begin), {}, {}}};
    view.hasEnv = true;
    view.env = jsonspans::objectAt(text, env->value.begin);
    if (auto fault = doubled(text, view.env, true, envNames)) return Failure{*fault};
    return view;
}

Result<SettingsEdit, EditFault> withKeysSet(const QByteArray& text,
                                            const std::vector<WantedKey>& wanted,
                                            std::vector<EditStep> steps) {
    Editor editor(text, std::move(steps), envNamesOf(wanted));
    if (auto fault = editor.look()) return Failure{*fault};
    if (auto fault = editor.makeContainers()) return Failure{*fault};
    for (const WantedKey& key : wanted) {
        if (auto fault = editor.set(key)) return Failure{*fault};
    }
    return std::move(editor).taken();
}

} // namespace sallyport
