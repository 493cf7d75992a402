// SPDX-License-Identifier: MIT
#include "core/config/historyedit.h"

#include "core/config/filerewrite.h"
#include "core/config/settingsfile.h"
#include "core/config/yamledit.h"
#include "core/support/atomicfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace sallyport {

namespace {

std::vector<yaml::Splice> waysToSwitch(const QByteArray& text, const QByteArray& value) {
    const auto root = yaml::parse(text);
    if (!root) return {};
    const bool isMap = root->node && root->node->kind == yaml::Kind::Map;
    const yaml::Pair* history = isMap ? yaml::pairOf(*root->node, "history") : nullptr;
    if (history && history->value.node && history->value.node->kind == yaml::Kind::Map)
        return yaml::waysToSet(text, history->value, {"enabled", value});
    const QByteArray lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    const QByteArray before = text.isEmpty() || text.endsWith('\n') ? QByteArray() : lineEnd;
    return {{text.size(), 0, before + "history:" + lineEnd + "  enabled: " + value + lineEnd}};
}

} // namespace

Result<QByteArray, ConfigError> withHistoryEnabled(const QByteArray& yaml, const QString& fileName,
                                                   bool isEnabled) {
    auto wanted = parseSettings(yaml, fileName);
    if (!wanted) return Failure{wanted.error()};
    if (wanted->history.isEnabled == isEnabled) return yaml;
    wanted->history.isEnabled = isEnabled;
    for (const yaml::Splice& way : waysToSwitch(yaml, isEnabled ? "true" : "false")) {
        QByteArray edited = way.appliedTo(yaml);
        const auto result = parseSettings(edited, fileName);
        if (result && *result == *wanted) return edited;
    }
    const auto message = QCoreApplication::translate(
        "Config", "history.enabled cannot be changed here without changing something else; edit "
                  "the file by hand");
    return Failure{configErrorAt(fileName, yaml, {{}, message})};
}

Result<Done, QString> switchHistory(const QString& dir, bool isEnabled) {
    const QString path = QDir(dir).filePath(QStringLiteral("settings.yaml"));
    if (!QFile::exists(path)) {
        const auto text = withHistoryEnabled({}, path, isEnabled);
        return text ? writeFileAtomically(path, *text)
                    : Result<Done, QString>(Failure{text.error().toString()});
    }
    return rewriteFile(path, [isEnabled](const QByteArray& yaml, const QString& file) {
        return withHistoryEnabled(yaml, file, isEnabled);
    });
}

} // namespace sallyport
