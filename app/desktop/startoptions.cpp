// SPDX-License-Identifier: MIT
#include "app/desktop/startoptions.h"

#include "core/config/addresses.h"
#include "core/support/paths.h"

#include <QCommandLineParser>
#include <QDir>

namespace sallyport {

namespace {

constexpr int kExitUsedWrongly = 2;

QString helpText() {
    return QStringLiteral(
        "Usage: sallyport-desktop [--hidden] [--config DIR] [--listen HOST:PORT]\n"
        "\n"
        "Sallyport in the tray: the proxy, a window that shows every request live, and one\n"
        "click that connects Claude Code. A second start raises the window of the first.\n"
        "\n"
        "  --hidden      start in the tray, without a window\n"
        "  --config DIR  read settings.yaml and routes.yaml from DIR\n"
        "                (default: $SALLYPORT_CONFIG_DIR, else ~/.config/sallyport)\n"
        "  --listen HOST:PORT\n"
        "                listen there instead of what settings.yaml says; port 0: a free one\n"
        "  --help        this text\n"
        "  --version     the version\n"
        "\n"
        "Without a display use: sallyport serve\n");
}

StartOptions printed(const QString& output, int exitCode = 0) {
    StartOptions options;
    options.action = StartOptions::Action::PrintAndEnd;
    options.output = output;
    options.exitCode = exitCode;
    return options;
}

StartOptions refused(const QString& why) {
    return printed(QLatin1String("sallyport-desktop: ") + why + u'\n' + helpText(),
                   kExitUsedWrongly);
}

} // namespace

StartOptions readStartOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOptions({{QStringLiteral("hidden"), {}},
                       {QStringLiteral("config"), {}, QStringLiteral("DIR")},
                       {QStringLiteral("listen"), {}, QStringLiteral("HOST:PORT")},
                       {QStringList{QStringLiteral("h"), QStringLiteral("help")}, {}},
                       {QStringList{QStringLiteral("v"), QStringLiteral("version")}, {}}});
    if (!parser.parse(QStringList{QStringLiteral("sallyport-desktop")} + arguments))
        return refused(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) return printed(helpText());
    if (parser.isSet(QStringLiteral("version")))
        return printed(QStringLiteral("sallyport-desktop " SALLYPORT_VERSION "\n"));
    if (!parser.positionalArguments().isEmpty())
        return refused(QStringLiteral("unexpected argument ") +
                       parser.positionalArguments().constFirst());
    StartOptions options;
    options.isHidden = parser.isSet(QStringLiteral("hidden"));
    const QString config = parser.value(QStringLiteral("config"));
    options.configDir = config.isEmpty()
                            ? paths::configDir()
                            : QDir::cleanPath(QDir::current().absoluteFilePath(config));
    options.stateDir = paths::stateDir();
    if (parser.isSet(QStringLiteral("listen"))) {
        const auto listen = scalars::listenAddress(parser.value(QStringLiteral("listen")).toUtf8());
        if (!listen) return refused(QLatin1String("--listen ") + listen.error());
        options.listen = *listen;
    }
    return options;
}

} // namespace sallyport
