// SPDX-License-Identifier: MIT
#include "core/claudecode/journal.h"

#include "core/support/atomicfile.h"
#include "core/support/paths.h"
#include "core/support/regularfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <utility>

namespace sallyport {

namespace {

constexpr int kVersion = 1;

const std::array<std::pair<EditStep::Kind, QLatin1String>, 4> kKinds{
    {{EditStep::Kind::Root, QLatin1String("root")},
     {EditStep::Kind::Env, QLatin1String("env")},
     {EditStep::Kind::Insert, QLatin1String("insert")},
     {EditStep::Kind::Replace, QLatin1String("replace")}}};

/// Text where the bytes are text, so that a person can read it; base64 where they are not.
QJsonValue bytesValue(const QByteArray& bytes) {
    const QString text = QString::fromUtf8(bytes);
    if (text.toUtf8() == bytes) return text;
    return QJsonObject{{QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64())}};
}

QByteArray bytesFrom(const QJsonValue& value) {
    if (value.isObject())
        return QByteArray::fromBase64(value[QLatin1String("base64")].toString().toLatin1());
    return value.toString().toUtf8();
}

QJsonObject stepObject(const EditStep& step) {
    QJsonObject object;
    for (const auto& [kind, word] : kKinds) {
        if (kind == step.kind) object[QLatin1String("kind")] = word;
    }
    object[QLatin1String("name")] = bytesValue(step.name);
    object[QLatin1String("in_env")] = step.isInEnv;
    object[QLatin1String("lead")] = bytesValue(step.lead);
    object[QLatin1String("value")] = bytesValue(step.value);
    object[QLatin1String("tail")] = bytesValue(step.tail);
    object[QLatin1String("before")] = bytesValue(step.before);
    object[QLatin1String("former")] = bytesValue(step.former);
    return object;
}

std::optional<EditStep> stepFrom(const QJsonObject& object) {
    EditStep step;
    const QString word = object[QLatin1String("kind")].toString();
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&word](const auto& entry) { return entry.second == word; });
    if (found == kKinds.end()) return {};
    step.kind = found->first;
    step.name = bytesFrom(object[QLatin1String("name")]);
    step.isInEnv = object[QLatin1String("in_env")].toBool();
    step.lead = bytesFrom(object[QLatin1String("lead")]);
    step.value = bytesFrom(object[QLatin1String("value")]);
    step.tail = bytesFrom(object[QLatin1String("tail")]);
    step.before = bytesFrom(object[QLatin1String("before")]);
    step.former = bytesFrom(object[QLatin1String("former")]);
    return step;
}

QJsonObject textObject(const TextEdit& text) {
    QJsonObject object{{QStringLiteral("whole"), text.isWhole},
                       {QStringLiteral("lead"), bytesValue(text.lead)},
                       {QStringLiteral("value"), bytesValue(text.value)},
                       {QStringLiteral("former"), bytesValue(text.former)}};
    if (text.before) object[QLatin1String("before")] = bytesValue(*text.before);
    return object;
}

TextEdit textFrom(const QJsonObject& object) {
    TextEdit text;
    text.isWhole = object[QLatin1String("whole")].toBool();
    text.lead = bytesFrom(object[QLatin1String("lead")]);
    text.value = bytesFrom(object[QLatin1String("value")]);
    text.former = bytesFrom(object[QLatin1String("former")]);
    if (object.contains(QLatin1String("before")))
        text.before = bytesFrom(object[QLatin1String("before")]);
    return text;
}

QJsonObject choiceObject(const ConnectChoice& choice) {
    return {{QStringLiteral("intercept"), choice.mode == EnvMode::Intercept},
            {QStringLiteral("profile"), choice.profile},
            {QStringLiteral("without"), QJsonArray::fromStringList(choice.without)}};
}

QStringList stringsFrom(const QJsonValue& value) {
    QStringList strings;
    const QJsonArray array = value.toArray();
    for (const auto one : array)
        strings << one.toString();
    return strings;
}

ConnectChoice choiceFrom(const QJsonObject& object) {
    const bool intercepts = object[QLatin1String("intercept")].toBool();
    return {intercepts ? EnvMode::Intercept : EnvMode::Gateway,
            object[QLatin1String("profile")].toString(),
            stringsFrom(object[QLatin1String("without")])};
}

} // namespace

QByteArray journalText(const Journal& journal) {
    QJsonArray steps;
    for (const EditStep& step : journal.steps)
        steps << stepObject(step);
    QJsonObject root{
        {QStringLiteral("version"), kVersion},
        {QStringLiteral("file"), journal.file},
        {QStringLiteral("made_file"), journal.isFileMadeByUs},
        {QStringLiteral("made_folders"), QJsonArray::fromStringList(journal.madeFolders)},
        {QStringLiteral("steps"), steps}};
    if (journal.text) root[QLatin1String("text")] = textObject(*journal.text);
    if (journal.choice) root[QLatin1String("choice")] = choiceObject(*journal.choice);
    if (!journal.proxyBefore.isEmpty()) root[QLatin1String("proxy_before")] = journal.proxyBefore;
    return QJsonDocument(root).toJson();
}

Result<Journal, QString> parseJournal(const QByteArray& text) {
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(text, &fault);
    if (fault.error != QJsonParseError::NoError) return Failure{fault.errorString()};
    if (document[QLatin1String("version")].toInt() != kVersion)
        return Failure{QCoreApplication::translate("SettingsConnector", "unknown version")};
    Journal journal;
    journal.file = document[QLatin1String("file")].toString();
    journal.isFileMadeByUs = document[QLatin1String("made_file")].toBool();
    journal.madeFolders = stringsFrom(document[QLatin1String("made_folders")]);
    if (const QJsonValue edit = document[QLatin1String("text")]; edit.isObject())
        journal.text = textFrom(edit.toObject());
    if (const QJsonValue choice = document[QLatin1String("choice")]; choice.isObject())
        journal.choice = choiceFrom(choice.toObject());
    journal.proxyBefore = document[QLatin1String("proxy_before")].toString();
    const QJsonArray steps = document[QLatin1String("steps")].toArray();
    for (const auto value : steps) {
        auto step = stepFrom(value.toObject());
        if (!step)
            return Failure{
                QCoreApplication::translate("SettingsConnector", "unknown kind of step")};
        journal.steps.push_back(std::move(*step));
    }
    return journal;
}

QString journalFile(const QString& stateDir, const QString& settingsFile) {
    constexpr qsizetype kNameLength = 16;
    const QByteArray hash =
        QCryptographicHash::hash(settingsFile.toUtf8(), QCryptographicHash::Sha256).toHex();
    return stateDir + QLatin1String("/journal/") + QString::fromLatin1(hash.left(kNameLength)) +
           QLatin1String(".json");
}

Result<std::optional<Journal>, QString> readJournal(const QString& path) {
    // It holds pieces of a settings file, of 16 MiB at most.
    constexpr qsizetype kMaxBytes = qsizetype{64} * 1024 * 1024;
    if (!QFileInfo::exists(path)) return std::optional<Journal>();
    const auto bytes = readRegularFile(path, kMaxBytes);
    auto journal = bytes ? parseJournal(*bytes) : Result<Journal, QString>(Failure{bytes.error()});
    if (journal) return std::optional<Journal>(std::move(journal).value());
    return Failure{QCoreApplication::translate(
                       "SettingsConnector",
                       "the journal %1 cannot be read (%2); delete it to give up taking back what "
                       "it recorded")
                       .arg(path, journal.error())};
}

Result<Done, QString> writeJournal(const QString& path, const Journal& journal) {
    const QString folder = QFileInfo(path).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return Failure{QCoreApplication::translate("SettingsConnector", "cannot make the folder %1")
                           .arg(folder)};
    return writeFileAtomically(path, journalText(journal), kPrivateFile);
}

} // namespace sallyport
