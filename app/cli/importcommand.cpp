// SPDX-License-Identifier: MIT
#include "app/cli/importcommand.h"

#include "app/cli/console.h"
#include "core/claudecode/unifieddiff.h"
#include "core/config/filerewrite.h"
#include "core/credential/keychain.h"
#include "core/secrets/redact.h"
#include "core/transfer/exportedconfig.h"
#include "core/transfer/importsources.h"
#include "core/transfer/importwriting.h"
#include "core/transfer/keyfile.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <memory>

namespace sallyport::cli {

namespace {

/// What was found, and what of it is wanted.
struct Selection {
    ImportChoice choice;
    QByteArray settings;
    QString report;
    bool isNothing = false; ///< none of the upstreams of an exported configuration
};

Result<std::vector<ImportSource>, QString> sourcesOf(const Invocation& invocation) {
    const QString& wanted = invocation.importing.source;
    std::vector<ImportSource> found;
    bool isWord = wanted.isEmpty();
    for (const ImportOrigin origin :
         {ImportOrigin::ClaudeCode, ImportOrigin::CcSwitch, ImportOrigin::ClaudeCodeRouter})
        isWord = isWord || wanted == importOriginWord(origin);
    if (!isWord) {
        auto file = readExport(QFileInfo(wanted).absoluteFilePath());
        if (!file) return Failure{file.error()};
        found.push_back(std::move(file).value());
        return found;
    }
    found = findImports(ImportPlaces::ofProcess(invocation.configDir));
    std::erase_if(found, [&](const ImportSource& source) {
        return !wanted.isEmpty() && importOriginWord(source.origin) != wanted;
    });
    if (found.empty())
        return Failure{QStringLiteral("there is nothing to import: neither a base URL of Claude "
                                      "Code, nor cc-switch, nor claude-code-router was found")};
    return found;
}

/// What runs a program on this machine is taken over when it is named.
bool isWanted(const FoundProvider& provider, const ImportRequest& request) {
    return request.providers.isEmpty() ? provider.program.isEmpty()
                                       : request.providers.contains(provider.name);
}

QString programLine(const FoundProvider& provider, bool isTaken) {
    if (provider.program.isEmpty()) return {};
    const QString what = isTaken ? QStringLiteral("\n      runs a program: %1")
                                 : QStringLiteral("\n      not taken over without `--provider %2`, "
                                                  "since it runs a program: %1");
    return isTaken ? what.arg(provider.program) : what.arg(provider.program, provider.name);
}

QString lineOf(const FoundProvider& provider, const QString& present, bool isTaken) {
    QString line = QLatin1String("  ") + provider.name;
    if (!provider.url.isEmpty()) line += QLatin1String("  ") + provider.url;
    if (!provider.obstacle.isEmpty())
        line += QLatin1String("\n      not taken over: ") + provider.obstacle;
    else if (!present.isEmpty())
        line += QStringLiteral("\n      is there already, as \"%1\"").arg(present);
    else if (!provider.keyVariable.isEmpty())
        line += QLatin1String("\n      key: the variable ") + provider.keyVariable;
    else if (!provider.key.isEmpty())
        line += QLatin1String("\n      key: found");
    else
        line += programLine(provider, isTaken);
    for (const QString& left : provider.left)
        line += QLatin1String("\n      left: ") + left;
    return line + u'\n';
}

Selection select(const std::vector<ImportSource>& sources, const ImportBase& base,
                 const ImportRequest& request) {
    Selection selection;
    for (const ImportSource& source : sources) {
        selection.report += importOriginName(source.origin);
        if (!source.file.isEmpty()) selection.report += QLatin1String(": ") + source.file;
        selection.report += u'\n';
        if (!source.problem.isEmpty())
            selection.report += QLatin1String("  ") + source.problem + u'\n';
        const bool isWhole = source.origin == ImportOrigin::Export && !base.hasFile;
        for (const FoundProvider& provider : source.providers) {
            const QString present =
                isWhole ? QString() : presentUpstream(base.text, base.path, provider);
            const bool isTaken = isWanted(provider, request);
            selection.report += lineOf(provider, present, isTaken);
            if (isTaken && provider.obstacle.isEmpty() && present.isEmpty())
                selection.choice.providers.push_back(provider);
        }
        selection.choice.routes = source.routes;
        selection.settings = source.settings;
        if (!isWhole) continue;
        selection.choice.whole = source.text;
        selection.isNothing = selection.choice.providers.empty() && !source.providers.empty();
    }
    return selection;
}

/// Which of them Claude Code's requests go to; false where `--use` names none of them.
bool chooseInUse(ImportChoice& choice, const ImportBase& base, const ImportRequest& request) {
    const auto& providers = choice.providers;
    const auto wanted =
        request.use.isEmpty()
            ? std::find_if(providers.begin(), providers.end(),
                           [](const FoundProvider& one) { return one.isInUse; })
            : std::find_if(providers.begin(), providers.end(),
                           [&](const FoundProvider& one) { return one.name == request.use; });
    if (!request.use.isEmpty() && wanted == providers.end()) return false;
    if (request.use.isEmpty() && (leadsSomewhere(base.text, base.path) || providers.empty()))
        return true;
    choice.inUse = wanted == providers.end() ? std::size_t{0}
                                             : static_cast<std::size_t>(wanted - providers.begin());
    return true;
}

/// Stores one key after the other, then calls `done`; stops at the first that fails.
void storeKeys(std::shared_ptr<std::vector<ImportedKey>> keys, QObject& context,
               std::function<void(Result<Done, QString>)> done) {
    if (keys->empty()) return done(Done{});
    const ImportedKey key = keys->back();
    keys->pop_back();
    keychain::write(key.name, key.secret, context,
                    [keys, &context, done](const Result<Done, QString>& outcome) {
                        if (outcome)
                            storeKeys(keys, context, done);
                        else
                            done(outcome);
                    });
}

Result<Done, QString> keptInKeychain(const ImportPlan& plan) {
    QObject context;
    Result<Done, QString> result{Done{}};
    bool isDone = false;
    storeKeys(std::make_shared<std::vector<ImportedKey>>(plan.keys), context,
              [&](Result<Done, QString> outcome) {
                  result = std::move(outcome);
                  isDone = true;
                  QCoreApplication::exit(0);
              });
    if (!isDone) QCoreApplication::exec();
    return result;
}

QString diffOf(const ImportBase& base, const QByteArray& after) {
    return unifiedDiff({base.hasFile ? base.path : QStringLiteral("/dev/null"),
                        redactedText(base.hasFile ? base.text : QByteArray()), base.path,
                        redactedText(after)});
}

QString settingsDiff(const ImportBase& base, const QByteArray& settings) {
    const QByteArray written = settingsToWrite(base, settings);
    if (written.isEmpty()) return {};
    return unifiedDiff(
        {QStringLiteral("/dev/null"), {}, settingsPath(base), redactedText(written)});
}

int write(const ImportBase& base, const ImportPlan& plan, const Selection& selection) {
    if (selection.choice.keyPlace == KeyPlace::Keychain) {
        const auto kept = keptInKeychain(plan);
        if (!kept) {
            printError(kept.error() +
                       QStringLiteral("\nNothing was written. `--keys file` keeps the keys in "
                                      "files that only you can read."));
            return kExitNo;
        }
    }
    const auto copy = writeImport(base, plan, selection.choice.keyPlace, selection.settings);
    if (!copy) {
        printError(copy.error());
        return kExitNo;
    }
    QString text = QStringLiteral("\nDone.");
    if (!copy->isEmpty()) text += QLatin1String(" What was there is kept in ") + *copy + u'.';
    printOutput(QString(text + QLatin1String(" A running Sallyport reads it at once.\n"
                                             "Next: `sallyport env apply`.\n")));
    return kExitDone;
}

} // namespace

int importConfig(const Invocation& invocation) {
    const ImportRequest& request = invocation.importing;
    const auto base = importBase(invocation.configDir);
    const auto sources = sourcesOf(invocation);
    if (!base || !sources) {
        printError(base ? sources.error() : base.error());
        return base && sources.error().startsWith(QLatin1String("there is nothing")) ? kExitNo
                                                                                     : kExitWrong;
    }
    Selection selection = select(*sources, *base, request);
    selection.choice.keyPlace = request.keyPlace;
    selection.choice.takenKeys = keyFileNames(invocation.configDir);
    printOutput(selection.report);
    if (request.isList) return kExitDone;
    if (!chooseInUse(selection.choice, *base, request)) {
        printError(
            QStringLiteral("--use %1: it is none of those that are taken over").arg(request.use));
        return kExitWrong;
    }
    const auto plan = planImport(base->text, base->path, selection.choice);
    if (!plan) {
        printErrorAsIs(plan.error().toString());
        return kExitWrong;
    }
    if (selection.isNothing || plan->text == base->text) {
        printOutput(QString(QLatin1String("Nothing to do.\n")));
        return kExitDone;
    }
    printOutput(QString(diffOf(*base, plan->text) + settingsDiff(*base, selection.settings)));
    return request.isDryRun ? static_cast<int>(kExitDone) : write(*base, *plan, selection);
}

int exportConfig(const Invocation& invocation) {
    const auto routes = readText(invocation.configDir + QLatin1String("/routes.yaml"));
    const auto settings = readText(invocation.configDir + QLatin1String("/settings.yaml"));
    if (!routes || !settings) {
        printError(routes ? settings.error() : routes.error());
        return kExitWrong;
    }
    const auto exported = exportedConfig({*routes, *settings}, invocation.configDir);
    if (!exported) {
        printErrorAsIs(exported.error().toString());
        return kExitWrong;
    }
    printOutput(exported->text);
    for (const QString& place : exported->replaced)
        printError(QStringLiteral("left out: the secret at %1").arg(place));
    return kExitDone;
}

} // namespace sallyport::cli
