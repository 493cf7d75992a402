// SPDX-License-Identifier: MIT
#include "app/cli/preset.h"

#include "app/cli/console.h"
#include "core/claudecode/unifieddiff.h"
#include "core/config/defaultfiles.h"
#include "core/config/intranetpreset.h"
#include "core/config/routesbackup.h"
#include "core/config/yamltree.h"
#include "core/secrets/redact.h"
#include "core/support/regularfile.h"

#include <QFileInfo>

namespace sallyport::cli {

namespace {

/// The text to add to; nothing where there is no file, whose place the sandbox's takes.
Result<std::optional<QByteArray>, QString> routesOf(const QString& path) {
    if (!QFileInfo::exists(path)) return std::optional<QByteArray>();
    auto bytes = readRegularFileStart(path, yaml::kMaxFileBytes + 1);
    if (!bytes) return Failure{QString(path + QLatin1String(": ") + bytes.error())};
    return std::optional(std::move(bytes).value());
}

QString diffOf(const QString& path, const std::optional<QByteArray>& before,
               const QByteArray& after) {
    return unifiedDiff({before ? path : QStringLiteral("/dev/null"),
                        redactedText(before.value_or(QByteArray())), path, redactedText(after)});
}

QString nextSteps(const QString& copy) {
    QString text = QStringLiteral("\nDone.");
    if (!copy.isEmpty()) text += QLatin1String(" What was there is kept in ") + copy + u'.';
    return text + QLatin1String(" A running Sallyport reads it at once.\n"
                                "Next: `sallyport env apply`, or, to leave Anthropic's address in "
                                "place,\n`sallyport env apply --mode intercept --create-ca`.\n");
}

} // namespace

int addIntranetPreset(const Invocation& invocation) {
    const QString path = invocation.configDir + QLatin1String("/routes.yaml");
    const auto before = routesOf(path);
    if (!before) {
        printError(before.error());
        return kExitWrong;
    }
    const auto preset =
        withIntranetPreset(before->value_or(sandboxRoutesText()), path, invocation.upstream);
    if (!preset) {
        printErrorAsIs(preset.error().toString());
        return kExitWrong;
    }
    if (*before == preset->text) {
        printOutput(QString(QLatin1String("Nothing to do: the preset is in ") + path +
                            QLatin1String(".\n")));
        return kExitDone;
    }
    const QString diff = diffOf(path, *before, preset->text);
    if (invocation.isDryRun) {
        printOutput(diff);
        return kExitDone;
    }
    const auto copy = replaceRoutes(invocation.configDir, preset->text, RoutesChange::Preset,
                                    QDateTime::currentDateTime());
    if (!copy) {
        printError(copy.error());
        return kExitNo;
    }
    printOutput(QString(diff + nextSteps(*copy)));
    return kExitDone;
}

} // namespace sallyport::cli
