// SPDX-License-Identifier: MIT
#include "core/claudecode/connecterror.h"

#include "core/claudecode/settingsedit.h"

#include <QCoreApplication>

namespace sallyport {

namespace {

QString text(const char* source) {
    return QCoreApplication::translate("SettingsConnector", source);
}

QString faultMessage(const EditFault& fault) {
    switch (fault.kind) {
    case EditFault::Kind::NotJson:
        return text(QT_TRANSLATE_NOOP("SettingsConnector",
                                      "%1:%2: not valid JSON, %3; the file was not changed. Mend "
                                      "it and try again, or put this into it by hand"));
    case EditFault::Kind::NotAnObject:
        return text(QT_TRANSLATE_NOOP("SettingsConnector",
                                      "%1:%2: the settings are not an object in braces; the file "
                                      "was not changed. It should look like this"));
    case EditFault::Kind::EnvNotAnObject:
        return text(QT_TRANSLATE_NOOP("SettingsConnector",
                                      "%1:%2: \"env\" is not an object in braces; the file was not "
                                      "changed. It should look like this"));
    case EditFault::Kind::DoubledKey:
        return text(QT_TRANSLATE_NOOP("SettingsConnector",
                                      "%1:%2: the key %3 is there twice; the file was not changed. "
                                      "Remove one of them and try again"));
    case EditFault::Kind::Unfaithful:
        return text(QT_TRANSLATE_NOOP("SettingsConnector",
                                      "%1: the key %3 cannot be edited without touching something "
                                      "else; the file was not changed. Put this into it by hand"));
    }
    Q_UNREACHABLE();
}

} // namespace

QString jsonFaultText(jsonspans::FaultKind kind) {
    switch (kind) {
    case jsonspans::FaultKind::Unexpected:
        return text(QT_TRANSLATE_NOOP("SettingsConnector", "a character that cannot stand there"));
    case jsonspans::FaultKind::UnexpectedEnd:
        return text(QT_TRANSLATE_NOOP("SettingsConnector", "the file ends too early"));
    case jsonspans::FaultKind::BadString:
        return text(QT_TRANSLATE_NOOP("SettingsConnector", "a string with a line end, a control "
                                                           "character or an unknown escape"));
    case jsonspans::FaultKind::BadNumber:
        return text(QT_TRANSLATE_NOOP("SettingsConnector", "a malformed number"));
    case jsonspans::FaultKind::OpenComment:
        return text(QT_TRANSLATE_NOOP("SettingsConnector", "a comment that does not end"));
    case jsonspans::FaultKind::TooDeep:
        return text(QT_TRANSLATE_NOOP("SettingsConnector", "too many levels"));
    case jsonspans::FaultKind::TrailingContent:
        return text(QT_TRANSLATE_NOOP("SettingsConnector", "something behind the closing brace"));
    }
    Q_UNREACHABLE();
}

ConnectError faultError(const QString& file, const EditFault& fault, const QString& snippet) {
    const bool isJsonFault = fault.kind == EditFault::Kind::NotJson;
    QString message = faultMessage(fault);
    message.replace(QLatin1String("%3"), isJsonFault ? jsonFaultText(fault.json) : fault.key);
    message.replace(QLatin1String("%2"), QString::number(fault.line));
    message.replace(QLatin1String("%1"), file);
    const bool isDoubled = fault.kind == EditFault::Kind::DoubledKey;
    return {message, isDoubled ? QString() : snippet, fault.line};
}

ConnectError unwritableError(const QString& file, const QString& reason, const QString& snippet) {
    return {text(QT_TRANSLATE_NOOP(
                     "SettingsConnector",
                     "%1. Nothing was changed. Make it writable (chmod u+w \"%2\" and its folder) "
                     "and try again, put this into it by hand, or use \"sallyport run -- claude\", "
                     "which writes nothing"))
                .arg(reason, file),
            snippet, 0};
}

} // namespace sallyport
