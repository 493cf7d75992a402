// SPDX-License-Identifier: MIT
#include "app/cli/commandline.h"

#include "app/cli/envoptions.h"
#include "app/cli/transferoptions.h"
#include "core/config/addresses.h"
#include "core/config/scalars.h"
#include "core/support/paths.h"

#include <QDir>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>

namespace sallyport::cli {

namespace {

/// CLI11's own check names all numbers that a double can be.
std::string problemOfCount(const std::string& text) {
    bool isNumber = false;
    const int count = QString::fromStdString(text).toInt(&isNumber);
    return isNumber && count >= 0 ? ""
                                  : "\"" + text + "\" is no number of exchanges; write one like 20";
}

/// The values of the options as CLI11 stores them.
struct Words {
    std::string configDir;
    std::string listen;
    std::string entry;
    EnvOptions env;
    TransferOptions transfer;
    std::string upstream;
    std::string fix;
    std::string bundle;
    bool isJson = false;
    bool isHidden = false;
    bool wantsSystemCommand = false;
    bool isDryRun = false;
    std::string filter;
    std::string har;
    std::string csv;
    LogOptions log;
};

constexpr const char* kAbout =
    "Sallyport is the gate in the wall that Claude Code passes through: a gateway, a forward "
    "proxy\n"
    "and a tunnel on one local port. Without a subcommand it becomes the tray application.";
constexpr const char* kExits = "Exit codes: 0 done, 1 the answer is no, 2 used wrongly or a bad "
                               "file, 3 the port is taken.";

void addConfig(CLI::App& app, Words& words) {
    app.add_option("--config", words.configDir,
                   "Folder of settings.yaml and routes.yaml [$SALLYPORT_CONFIG_DIR, else "
                   "$XDG_CONFIG_HOME/sallyport]")
        ->type_name("DIR");
}

void addListen(CLI::App& app, Words& words, const char* meaning) {
    app.add_option("--listen", words.listen, meaning)->type_name("HOST:PORT");
}

void addConnection(CLI::App& app, Words& words) {
    addConfig(app, words);
    addListen(app, words, "Where Sallyport listens, instead of what settings.yaml says");
    words.env.addTarget(app);
    words.env.addChoice(app);
}

/// The options and subcommands; `commands` maps what was parsed to a Command.
struct Parser {
    CLI::App app{kAbout, "sallyport"};
    std::map<const CLI::App*, Command> commands;

    explicit Parser(Words& words);
    void addServe(Words& words);
    void addConfigCommands(Words& words);
    void addEnv(Words& words);
    void addRun(Words& words);
    void addCa(Words& words);
    void addDoctor(Words& words);
    void addLog(Words& words);
    void addCredential(Words& words);
};

Parser::Parser(Words& words) {
    app.set_version_flag("--version", std::string("sallyport ") + SALLYPORT_VERSION);
    app.footer(kExits);
    app.require_subcommand(0, 1);
    app.add_flag("--hidden", words.isHidden, "Start in the tray, without a window");
    addConfig(app, words);
    addServe(words);
    addConfigCommands(words);
    addEnv(words);
    addRun(words);
    addCa(words);
    addDoctor(words);
    addLog(words);
    addCredential(words);
}

void Parser::addServe(Words& words) {
    CLI::App* serve = app.add_subcommand("serve", "Run the core without a screen");
    serve->footer("Prints `listening on http://HOST:PORT` once it accepts. SIGHUP reads the files "
                  "again;\nSIGTERM and SIGINT let running exchanges end, a second one does not.");
    addConfig(*serve, words);
    addListen(*serve, words,
              "Listen here instead of at `listen:` of settings.yaml; port 0 picks "
              "a free one");
    commands[serve] = Command::Serve;
}

void Parser::addConfigCommands(Words& words) {
    CLI::App* config = app.add_subcommand("config", "Look at the configuration, or add to it");
    config->require_subcommand(1);
    CLI::App* check = config->add_subcommand(
        "check", "Read settings.yaml and routes.yaml and say what is wrong, as FILE:LINE:COLUMN");
    addConfig(*check, words);
    commands[check] = Command::ConfigCheck;
    CLI::App* preset = config->add_subcommand("preset", "Add routes for a purpose to routes.yaml");
    preset->require_subcommand(1);
    CLI::App* intranet = preset->add_subcommand(
        "intranet",
        "Claude Code in a closed network: answer what it asks besides the Messages API");
    intranet->footer(
        "Comments, order and layout of the file stay, a copy is kept beside it; what is "
        "there already\nis left as it is, so that a second time adds nothing.");
    addConfig(*intranet, words);
    intranet
        ->add_option("--upstream", words.upstream,
                     "Where https://api.anthropic.com/v1/ goes [that of the route that takes "
                     "/v1/messages]")
        ->type_name("NAME");
    intranet->add_flag("--dry-run", words.isDryRun, "Show what would change, and change nothing");
    commands[intranet] = Command::ConfigPresetIntranet;
    for (const auto& [one, command] : words.transfer.addTo(*config)) {
        addConfig(*one, words);
        commands[one] = command;
    }
}

void Parser::addEnv(Words& words) {
    CLI::App* env = app.add_subcommand("env", "Point Claude Code at Sallyport, and take it back");
    env->require_subcommand(1);
    CLI::App* print = env->add_subcommand("print", "Print the variables for a shell to evaluate");
    print->footer("  eval \"$(sallyport env print --shell bash)\"\n"
                  "  sallyport env print --shell fish | source\n"
                  "  sallyport env print --shell powershell | Invoke-Expression\n"
                  "For cmd the lines are those of a batch file.");
    addConfig(*print, words);
    addListen(*print, words, "Where Sallyport listens, instead of what settings.yaml says");
    words.env.addShell(*print);
    words.env.addChoice(*print);
    commands[print] = Command::EnvPrint;
    const auto add = [&](const char* name, const char* about, Command command) {
        CLI::App* one = env->add_subcommand(name, about);
        addConnection(*one, words);
        if (command == Command::EnvUndo) words.env.addAll(*one);
        commands[one] = command;
    };
    add("plan", "Show what apply would change, and change nothing", Command::EnvPlan);
    add("apply", "Write the keys into Claude Code's settings, and record what was there",
        Command::EnvApply);
    add("status",
        "Say for each key: missing, applied, differs or blocked; exit 1 when the keys lead to "
        "where no Sallyport listens",
        Command::EnvStatus);
    add("undo", "Put back what apply changed, where it still is what apply wrote",
        Command::EnvUndo);
}

void Parser::addRun(Words& words) {
    CLI::App* run = app.add_subcommand("run", "Run a command with the variables set");
    run->footer("  sallyport run -- claude\n"
                "Nothing is written. The exit code is the command's own.");
    addConfig(*run, words);
    addListen(*run, words, "Where Sallyport listens, instead of what settings.yaml says");
    words.env.addChoice(*run);
    run->prefix_command();
    commands[run] = Command::Run;
}

void Parser::addCredential(Words& words) {
    CLI::App* credential = app.add_subcommand(
        "credential", "Credentials of upstreams in the desktop's keychain (keychain:NAME)");
    credential->require_subcommand(1);
    const auto add = [&](const char* name, const char* about, Command command) {
        CLI::App* one = credential->add_subcommand(name, about);
        one->add_option("NAME", words.entry, "What routes.yaml names as keychain:NAME")
            ->required()
            ->type_name("");
        commands[one] = command;
        return one;
    };
    CLI::App* set = add("set", "Keep one: it is read from standard input", Command::CredentialSet);
    set->footer("  sallyport credential set corp            asks for it and does not show it\n"
                "  pass show corp | sallyport credential set corp");
    add("remove", "Remove one", Command::CredentialRemove);
}

void Parser::addCa(Words& words) {
    CLI::App* ca =
        app.add_subcommand("ca", "The local authority, which signs for the hosts of `intercept:`");
    ca->require_subcommand(1);
    const auto add = [&](const char* name, const char* about, Command command) {
        CLI::App* one = ca->add_subcommand(name, about);
        addConfig(*one, words);
        commands[one] = command;
        return one;
    };
    CLI::App* create =
        add("create", "Make it, or a new one where hosts or term ask for it", Command::CaCreate);
    CLI::App* path = add("path", "Print the PEM file for NODE_EXTRA_CA_CERTS", Command::CaPath);
    CLI::App* status = add("status",
                           "Say what it is good for and until when; exit 1 when it "
                           "cannot do its work",
                           Command::CaStatus);
    CLI::App* remove = add("remove", "Delete it with its keys", Command::CaRemove);
    for (CLI::App* one : {create, status, remove})
        one->add_flag("--json", words.isJson, "Print JSON");
    path->add_flag("--system-command", words.wantsSystemCommand,
                   "Print the command that would add it to the trust of the whole system, which "
                   "Claude Code does not need");
}

void Parser::addDoctor(Words& words) {
    CLI::App* doctor =
        app.add_subcommand("doctor", "Say what keeps Claude Code from working through Sallyport");
    doctor->footer("Exit code 0: all is well; 1: something was found. What --fix writes is taken "
                   "back\nby `sallyport env undo`. The checks are listed in docs/doctor.md.");
    addConfig(*doctor, words);
    doctor->add_flag("--json", words.isJson, "Print JSON");
    doctor->add_option("--fix", words.fix, "Apply the fix of this check, then check again")
        ->type_name("CHECK");
    doctor
        ->add_option("--bundle", words.bundle,
                     "Also write the report, the configuration without secrets and the last 20 "
                     "requests into one file (HAR 1.2) for a ticket")
        ->type_name("FILE");
    commands[doctor] = Command::Doctor;
}

void Parser::addLog(Words& words) {
    CLI::App* log = app.add_subcommand("log", "Print the history, also beside a running Sallyport");
    log->footer("  sallyport log --filter 'is:error or dur:>30s'\n"
                "  sallyport log --follow --json | jq .usage\n"
                "The grammar of --filter is that of the log window: docs/log.md. SIGINT ends "
                "--follow with 0.");
    addConfig(*log, words);
    CLI::Option* filter =
        log->add_option("--filter", words.filter, "Only exchanges that pass")->type_name("FILTER");
    CLI::Option* follow =
        log->add_flag("--follow,-f", words.log.follows, "Print the last ten, then each as it ends");
    CLI::Option* last = log->add_option("--last", words.log.last, "Only the last N of them")
                            ->type_name("N")
                            ->check(CLI::Validator(problemOfCount, ""));
    CLI::Option* json =
        log->add_flag("--json", words.isJson,
                      "One JSON object for each: the fields of the live records, and `message`,\n"
                      "the final message of a Messages exchange, while its body is kept");
    CLI::Option* contents =
        log->add_flag("--contents", words.log.hasContents,
                      "With --json: headers and contents as well, which replay: plays")
            ->needs(json);
    CLI::Option* har =
        log->add_option("--har", words.har, "Write an HTTP Archive (1.2); - prints it")
            ->type_name("FILE")
            ->excludes(json)
            ->excludes(follow);
    CLI::Option* csv = log->add_option("--csv", words.csv, "Write a table (RFC 4180); - prints it")
                           ->type_name("FILE")
                           ->excludes(json)
                           ->excludes(har)
                           ->excludes(follow);
    CLI::Option* clear = log->add_flag("--clear", words.log.clears, "Forget all of it");
    for (CLI::Option* other : {filter, follow, last, json, contents, har, csv})
        clear->excludes(other);
    commands[log] = Command::Log;
}

LogOptions logOptions(const Words& words) {
    LogOptions options = words.log;
    options.filter = QString::fromStdString(words.filter);
    if (words.isJson) options.format = LogFormat::Json;
    if (!words.har.empty()) options.format = LogFormat::Har;
    if (!words.csv.empty()) options.format = LogFormat::Csv;
    options.file = QString::fromStdString(words.har.empty() ? words.csv : words.har);
    return options;
}

Failure<EarlyExit> wrong(const std::string& text) {
    return Failure{EarlyExit{kExitWrong, "sallyport: " + text + "\n"}};
}

QString absoluteDir(const std::string& given, const QString& otherwise) {
    if (given.empty()) return otherwise;
    return QDir::cleanPath(QDir::current().absoluteFilePath(QString::fromStdString(given)));
}

/// `; there are a, b, c`
std::string checkList() {
    QStringList names;
    for (const CheckId id : allChecks())
        names << checkName(id);
    return "; there are " + names.join(QLatin1String(", ")).toStdString();
}

/// The option values as an invocation of `command`.
Result<Invocation, EarlyExit> invocationOf(const Words& words, Command command) {
    Invocation invocation;
    invocation.command = command;
    invocation.configDir = absoluteDir(words.configDir, paths::configDir());
    invocation.stateDir = paths::stateDir();
    invocation.isJson = words.isJson;
    invocation.bundle = QString::fromLocal8Bit(words.bundle.data());
    invocation.isHidden = words.isHidden;
    invocation.log = logOptions(words);
    invocation.entry = QString::fromStdString(words.entry);
    invocation.wantsSystemCommand = words.wantsSystemCommand;
    if (const auto env = words.env.into(invocation); !env) return wrong(env.error());
    invocation.upstream = QString::fromStdString(words.upstream);
    invocation.isDryRun = words.isDryRun;
    invocation.importing = words.transfer.request();
    if (!words.fix.empty()) {
        invocation.fix = checkOfName(QString::fromStdString(words.fix));
        if (!invocation.fix) return wrong("--fix " + words.fix + ": no such check" + checkList());
    }
    if (words.listen.empty()) return invocation;
    const auto listen = scalars::listenAddress(QByteArray::fromStdString(words.listen));
    if (!listen) return wrong("--listen " + words.listen + ": " + listen.error().toStdString());
    invocation.listen = *listen;
    return invocation;
}

/// Takes out what follows `--`: the program of `run` with its arguments.
std::vector<std::string> takeProgram(std::vector<std::string>& arguments) {
    const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
    if (dashes == arguments.end()) return {};
    std::vector<std::string> program(dashes + 1, arguments.end());
    arguments.erase(dashes, arguments.end());
    return program;
}

const CLI::App* deepest(const CLI::App& app) {
    const CLI::App* last = &app;
    while (!last->get_subcommands().empty())
        last = last->get_subcommands().front();
    return last;
}

EarlyExit earlyExitOf(const CLI::App& app, const CLI::Error& error) {
    std::ostringstream out;
    std::ostringstream complaint;
    const int code = app.exit(error, out, complaint);
    if (code == 0) return {kExitDone, out.str()};
    return {kExitWrong, "sallyport: " + complaint.str()};
}

} // namespace

Result<Invocation, EarlyExit> parseCommandLine(std::vector<std::string> arguments) {
    Words words;
    Parser parser(words);
    std::vector<std::string> program = takeProgram(arguments);
    std::reverse(arguments.begin(), arguments.end());
    try {
        parser.app.parse(arguments);
    } catch (const CLI::ParseError& error) {
        return Failure{earlyExitOf(parser.app, error)};
    }
    const CLI::App* met = deepest(parser.app);
    const auto found = parser.commands.find(met);
    const Command command = found == parser.commands.end() ? Command::Desktop : found->second;
    auto invocation = invocationOf(words, command);
    if (!invocation) return invocation;
    if (command == Command::Run && program.empty()) program = met->remaining();
    if (command == Command::Run && program.empty())
        return wrong("run: no command given; for example: sallyport run -- claude");
    if (command != Command::Run && !program.empty())
        return wrong("-- belongs to `sallyport run -- COMMAND`");
    invocation->program = std::move(program);
    return invocation;
}

} // namespace sallyport::cli
