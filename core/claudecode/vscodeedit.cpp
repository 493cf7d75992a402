// SPDX-License-Identifier: MIT
#include "core/claudecode/vscodeedit.h"

#include "core/claudecode/maskedsettings.h"
#include "core/claudecode/vscodelist.h"
#include "core/support/jsonstring.h"

#include <algorithm>

namespace sallyport::vscode {

namespace {

QByteArray listIn(const QByteArray& text, const SettingsView& view) {
    const jsonspans::Member* member = view.member(kVariablesSetting, false);
    return member ? jsonspans::slice(text, member->value).toByteArray() : QByteArray();
}

EditStep* listStep(std::vector<EditStep>& steps) {
    const auto found = std::find_if(steps.begin(), steps.end(), [](const EditStep& step) {
        return step.name == kVariablesSetting && !step.isInEnv;
    });
    return found == steps.end() ? nullptr : &*found;
}

std::vector<Variable> variablesBeside(const QByteArray& list, const ClientEnvironment& environment,
                                      const QString& processNoProxy) {
    const auto noProxy = variableIn(list, QStringLiteral("NO_PROXY"));
    return variablesFor(environment, noProxy.value_or(processNoProxy));
}

EditFault unreadable() {
    return {EditFault::Kind::Unfaithful, 0, {}, QString::fromLatin1(kVariablesSetting)};
}

/// The list in place of that of a known step of `edit`, whose text has it as `member`.
SettingsEdit replaced(SettingsEdit edit, const jsonspans::Member& member, const QByteArray& base,
                      const QByteArray& list) {
    EditStep& step = *listStep(edit.steps);
    if (!base.isEmpty()) {
        step.kind = EditStep::Kind::Replace;
        step.before = base;
    }
    step.former = jsonspans::slice(edit.text, member.value).toByteArray();
    step.value = list;
    edit.text = jsonspans::withReplaced(edit.text, member.value, list);
    return edit;
}

} // namespace

Result<SettingsEdit, EditFault> withConnection(const QByteArray& text,
                                               const ClientEnvironment& environment,
                                               const QString& processNoProxy,
                                               const std::vector<EditStep>& steps) {
    const auto view = viewOf(text, {});
    if (!view) return Failure{view.error()};
    auto known = steps;
    const QByteArray current = listIn(text, *view);
    const EditStep* step = current.isEmpty() ? nullptr : listStep(known);
    auto base = std::optional<QByteArray>(current);
    if (step)
        base = current == step->value ? step->before
                                      : withoutVariables(current, step->value, step->before);
    const QByteArray lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    const auto list =
        base ? withVariables(*base, variablesBeside(*base, environment, processNoProxy), lineEnd)
             : std::nullopt;
    if (!list) return Failure{unreadable()};
    if (*list == current || isSameList(*list, current)) return SettingsEdit{text, steps};
    if (step) return replaced({text, steps}, *view->member(kVariablesSetting, false), *base, *list);
    return withKeysSet(text, {{kVariablesSetting, false, *list, true}}, {});
}

Result<SettingsUndo, EditFault> withoutConnection(const QByteArray& text,
                                                  const std::vector<EditStep>& steps) {
    auto undo = withStepsUndone(text, steps);
    const QString path = QString::fromLatin1(kVariablesSetting);
    auto known = steps;
    const EditStep* step = listStep(known);
    if (!undo || !step ||
        std::find(undo->leftAlone.begin(), undo->leftAlone.end(), path) == undo->leftAlone.end())
        return undo;
    const auto view = viewOf(undo->text, {});
    if (!view) return Failure{view.error()};
    const jsonspans::Member* member = view->member(kVariablesSetting, false);
    if (!member) return undo;
    const auto list = withoutVariables(listIn(undo->text, *view), step->value, step->before);
    if (!list) return undo;
    undo->text = list->isEmpty() ? jsonspans::withoutMember(undo->text, view->root.braces.begin,
                                                            kVariablesSetting)
                                 : jsonspans::withReplaced(undo->text, member->value, *list);
    undo->leftAlone.clear();
    undo->restored.push_back(path);
    return undo;
}

std::vector<KeyStatus> statusOf(const QByteArray& text, const ClientEnvironment& environment,
                                const QString& processNoProxy) {
    const auto view = viewOf(text, {});
    const QByteArray list = view ? listIn(text, *view) : QByteArray();
    const auto shown = [](const Variable& variable, const QString& value) {
        const QByteArray json = jsonString(value.toUtf8());
        return QString::fromUtf8(decodedJsonString(maskedSetting(variable.name.toUtf8(), json)));
    };
    std::vector<KeyStatus> keys;
    for (const Variable& variable : variablesBeside(list, environment, processNoProxy)) {
        KeyStatus key{variable.name, KeyState::Missing};
        key.wanted = shown(variable, variable.value);
        if (const auto value = variableIn(list, variable.name)) {
            key.state = *value == variable.value ? KeyState::Applied : KeyState::Differs;
            key.current = shown(variable, *value);
        }
        keys.push_back(std::move(key));
    }
    return keys;
}

} // namespace sallyport::vscode
