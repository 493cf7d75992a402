// SPDX-License-Identifier: MIT
#pragma once

#include "tests/ui/fakehistory.h"
#include "tests/ui/fakeport.h"
#include "ui/log/logwindow.h"

#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

namespace sallyport {

/// A log window over an engine and a history that only write down what they are asked.
class WindowRig {
public:
    WindowRig()
        : settings(m_dir.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat)
        , window(port, m_clock, settings, m_menu) {
        window.setHistory(history);
    }
    /// Whether the window came up.
    [[nodiscard]] bool show() {
        window.show();
        return QTest::qWaitForWindowActive(&window);
    }
    template <typename T>
    [[nodiscard]] T* part(const char* name) {
        return window.findChild<T*>(QString::fromLatin1(name));
    }
    [[nodiscard]] LogTable& table() { return *part<LogTable>("logTable"); }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::ControlModifier) {
        QTest::keyClick(&window, key, with);
    }

private:
    QTemporaryDir m_dir;
    SystemClock m_clock;
    QMenu m_menu;

public:
    FakePort port;
    FakeHistory history;
    QSettings settings;
    LogWindow window;
};

} // namespace sallyport
