// SPDX-License-Identifier: MIT
#pragma once

#include "ui/filter/filterline.h"

#include <QInputDialog>
#include <QMenu>
#include <QPointer>

#include <functional>

class QSettings;

namespace sallyport {

/// The filters that have a name, and those that were used last: chosen, saved, renamed, deleted.
/// Kept in the settings of the window.
class FilterMenu : public QMenu {
    Q_OBJECT
public:
    /// Both outlive this.
    FilterMenu(FilterLine& line, QSettings& settings, QWidget* parent = nullptr);

private:
    struct Named {
        QString name;
        QString text;
    };
    void fill();
    void addNamed(const QVector<Named>& all);
    void addRecent();
    void apply(const QString& text);
    void askForName(const QString& title, const QString& name,
                    std::function<void(const QString&)> take);
    void save(const QString& name, const QString& text);
    void rename(const QString& from, const QString& to);
    void remove(const QString& name);
    [[nodiscard]] QVector<Named> named() const;
    void setNamed(const QVector<Named>& all);

    FilterLine& m_line;
    QSettings& m_settings;
    QPointer<QInputDialog> m_question;
};

} // namespace sallyport
