// SPDX-License-Identifier: MIT
#include "app/cli/transferoptions.h"

#include <CLI/CLI.hpp>

namespace sallyport::cli {

std::vector<std::pair<CLI::App*, Command>> TransferOptions::addTo(CLI::App& config) {
    CLI::App* incoming = config.add_subcommand(
        "import", "Take over providers and their keys from a set-up that is there");
    incoming->footer(
        "Without SOURCE: all that are found. Keys go into the keychain, or into files "
        "of their own;\nroutes.yaml has their names only. What cannot be taken over is "
        "named. A copy of\nroutes.yaml is kept beside it.");
    incoming
        ->add_option("SOURCE", m_source,
                     "claude-code: settings.json and the variables of this shell\n"
                     "cc-switch, claude-code-router: their own files\n"
                     "or a FILE that `sallyport config export` wrote")
        ->type_name("");
    incoming->add_option("--provider", m_providers, "Only this one, as often as needed")
        ->type_name("NAME")
        ->take_all();
    incoming
        ->add_option("--use", m_use,
                     "Lead Claude Code's requests to this provider [the one in use, where they go "
                     "nowhere yet]")
        ->type_name("NAME");
    incoming
        ->add_option("--keys", m_keys,
                     "keychain: the desktop's keychain (default)\n"
                     "file: files that only you can read, below the configuration")
        ->check(CLI::IsMember({"keychain", "file"}).description(""))
        ->type_name("keychain|file");
    incoming->add_flag("--list", m_isList, "Say what is found, and stop");
    incoming->add_flag("--dry-run", m_isDryRun, "Show what would change, and change nothing");
    CLI::App* exported = config.add_subcommand(
        "export", "Print the configuration without keys, as another person can import it");
    exported->footer("  sallyport config export > sallyport.yaml\n"
                     "Values that are a secret become REPLACE-ME; where they stood is said on "
                     "standard error.");
    return {{incoming, Command::ConfigImport}, {exported, Command::ConfigExport}};
}

ImportRequest TransferOptions::request() const {
    ImportRequest request;
    request.source = QString::fromStdString(m_source);
    for (const std::string& name : m_providers)
        request.providers << QString::fromStdString(name);
    request.use = QString::fromStdString(m_use);
    request.keyPlace = m_keys == "file" ? KeyPlace::File : KeyPlace::Keychain;
    request.isList = m_isList;
    request.isDryRun = m_isDryRun;
    return request;
}

} // namespace sallyport::cli
