// SPDX-License-Identifier: MIT
#include "core/claudecode/claudehomes.h"

#include "core/claudecode/settingspaths.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sallyport {

std::vector<ClaudeHome> claudeHomes(const QString& windowsUsers) {
    const QString settings = SettingsPaths::fromEnvironment(ClientTarget::Claude).settingsFile;
    std::vector<ClaudeHome> homes{{QFileInfo(settings).absolutePath(), true}};
    const auto add = [&homes](const QString& folder, bool isOfThisUser) {
        const bool isThere = std::any_of(homes.begin(), homes.end(), [&](const ClaudeHome& home) {
            return resolvedPath(home.folder) == resolvedPath(folder);
        });
        if (!isThere && QFileInfo(folder).isDir()) homes.push_back({folder, isOfThisUser});
    };
    add(QDir::homePath() + QLatin1String("/.claude"), true);
    const QDir users(windowsUsers);
    for (const QString& user : users.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        add(users.filePath(user + QLatin1String("/.claude")), false);
    return homes;
}

} // namespace sallyport
