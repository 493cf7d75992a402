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

/// Text where the octets are text, so that a person can read it; base64 where they are not.
QJsonValue octetsValue(const QByteArray& octets) {
    const QString text = QString::fromUtf8(octets);
    if (text.toUtf8() == octets) return text;
    return QJsonObject{{QStringLiteral("base64"), QString::fromLatin1(octets.toBase64())}};
}

QByteArray octetsFrom(const QJsonValue& value) {
    if (value.isObject())
        return QByteArray::fromBase64(value[QLatin1String("base64")].toString().toLatin1());
    return value.toString().toUtf8();
}

QJsonObject stepObject(const EditStep& step) {
    QJsonObject object;
    for (const auto& [kind, word] : kKinds) {
        if (kind == step.kind) object[QLatin1String("kind")] = word;
    }
    object[QLatin1String("name")] = octetsValue(step.name);
    object[QLatin1String("in_env")] = step.isInEnv;
    object[QLatin1String("lead")] = octetsValue(step.lead);
    object[QLatin1String("value")] = octetsValue(step.value);
    object[QLatin1String("tail")] = octetsValue(step.tail);
    object[QLatin1String("before")] = octetsValue(step.before);
    object[QLatin1String("former")] = octetsValue(step.former);
    return object;
}

std::optional<EditStep> stepFrom(const QJsonObject& object) {
    EditStep step;
    const QString word = object[QLatin1String("kind")].toString();
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&word](const auto& entry) { return entry.second == word; });
    if (found == kKinds.end()) return {};
    step.kind = found->first;
    step.name = octetsFrom(object[QLatin1String("name")]);
    step.isInEnv = object[QLatin1String("in_env")].toBool();
    step.lead = octetsFrom(object[QLatin1String("lead")]);
    step.value = octetsFrom(object[QLatin1String("value")]);
    step.tail = octetsFrom(object[QLatin1String("tail")]);
    step.before = octetsFrom(object[QLatin1String("before")]);
    step.former = octetsFrom(object[QLatin1String("former")]);
    return step;
}

} // namespace

QByteArray journalText(const Journal& journal) {
    QJsonArray steps;
    for (const EditStep& step : journal.steps)
        steps << stepObject(step);
    const QJsonObject root{
        {QStringLiteral("version"), kVersion},
        {QStringLiteral("file"), journal.file},
        {QStringLiteral("made_file"), journal.isFileMadeByUs},
        {QStringLiteral("made_folders"), QJsonArray::fromStringList(journal.madeFolders)},
        {QStringLiteral("steps"), steps}};
    return QJsonDocument(root).toJson();
}

Result<Journal, QString> parseJournal(const QByteArray& text) {
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(text, &fault);
    if (fault.error != QJsonParseError::NoError) return Failure{fault.errorString()};
    if (document[QLatin1String("version")].toInt() != kVersion)
        return Failure{QCoreApplication::translate("ClaudeConnection", "unknown version")};
    Journal journal;
    journal.file = document[QLatin1String("file")].toString();
    journal.isFileMadeByUs = document[QLatin1String("made_file")].toBool();
    const QJsonArray folders = document[QLatin1String("made_folders")].toArray();
    for (const auto folder : folders)
        journal.madeFolders << folder.toString();
    const QJsonArray steps = document[QLatin1String("steps")].toArray();
    for (const auto value : steps) {
        auto step = stepFrom(value.toObject());
        if (!step)
            return Failure{QCoreApplication::translate("ClaudeConnection", "unknown kind of step")};
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
    constexpr qsizetype kMaxOctets = qsizetype{64} * 1024 * 1024;
    if (!QFileInfo::exists(path)) return std::optional<Journal>();
    const auto octets = readRegularFile(path, kMaxOctets);
    auto journal =
        octets ? parseJournal(*octets) : Result<Journal, QString>(Failure{octets.error()});
    if (journal) return std::optional<Journal>(std::move(journal).value());
    return Failure{QCoreApplication::translate(
                       "ClaudeConnection",
                       "the journal %1 cannot be read (%2); delete it to give up taking back what "
                       "it recorded")
                       .arg(path, journal.error())};
}

Result<Done, QString> writeJournal(const QString& path, const Journal& journal) {
    const QString folder = QFileInfo(path).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return Failure{QCoreApplication::translate("ClaudeConnection", "cannot make the folder %1")
                           .arg(folder)};
    return writeFileAtomically(path, journalText(journal), kPrivateFile);
}

} // namespace sallyport
