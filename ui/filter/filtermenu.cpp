// SPDX-License-Identifier: MIT
#include "ui/filter/filtermenu.h"

#include <QSettings>

#include <algorithm>

namespace sallyport {

namespace {

const QString kNamed = QStringLiteral("filter/named");
const QString kUsed = QStringLiteral("filter/used");
constexpr qsizetype kRecent = 10; ///< entries of the menu; the arrow keys reach all

/// An ampersand in a name is no mnemonic.
QString labelOf(QString text) {
    constexpr qsizetype kLongest = 60;
    if (text.size() > kLongest) text = text.left(kLongest - 1) + QChar(0x2026);
    return text.replace(u'&', QLatin1String("&&"));
}

} // namespace

FilterMenu::FilterMenu(FilterLine& line, QSettings& settings, QWidget* parent)
    : QMenu(parent)
    , m_line(line)
    , m_settings(settings) {
    setObjectName(QStringLiteral("filterMenu"));
    setToolTipsVisible(true);
    m_line.setHistory(FilterHistory(m_settings.value(kUsed).toStringList()));
    connect(&m_line, &FilterLine::used, this,
            [this] { m_settings.setValue(kUsed, m_line.history().entries()); });
    connect(this, &QMenu::aboutToShow, this, &FilterMenu::fill);
}

void FilterMenu::fill() {
    // clear() leaves menus in it alone.
    qDeleteAll(findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly));
    clear();
    const QVector<Named> all = named();
    addNamed(all);
    addRecent();
    if (!isEmpty()) addSeparator();
    QAction* keep = addAction(tr("Save this filter…"), this, [this, text = m_line.text()] {
        askForName(tr("Save the filter"), text,
                   [this, text](const QString& name) { save(name, text); });
    });
    keep->setObjectName(QStringLiteral("filterSave"));
    keep->setEnabled(!m_line.text().trimmed().isEmpty() && m_line.problem().isEmpty());
    if (all.isEmpty()) return;
    QMenu* renaming = addMenu(tr("Rename"));
    renaming->setObjectName(QStringLiteral("filterRename"));
    QMenu* deleting = addMenu(tr("Delete"));
    deleting->setObjectName(QStringLiteral("filterDelete"));
    for (const Named& one : all) {
        renaming->addAction(labelOf(one.name), this, [this, name = one.name] {
            askForName(tr("Rename the filter"), name,
                       [this, name](const QString& next) { rename(name, next); });
        });
        deleting->addAction(labelOf(one.name), this, [this, name = one.name] { remove(name); });
    }
}

void FilterMenu::addNamed(const QVector<Named>& all) {
    for (const Named& one : all) {
        QAction* action =
            addAction(labelOf(one.name), this, [this, text = one.text] { apply(text); });
        action->setToolTip(one.text);
    }
}

void FilterMenu::addRecent() {
    const QStringList used = m_line.history().entries().mid(0, kRecent);
    if (used.isEmpty()) return;
    QMenu* recent = addMenu(tr("Used last"));
    recent->setObjectName(QStringLiteral("filterRecent"));
    for (const QString& text : used)
        recent->addAction(labelOf(text), this, [this, text] { apply(text); });
}

void FilterMenu::apply(const QString& text) {
    m_line.setText(text);
    m_line.applyNow();
    m_line.setFocus();
}

void FilterMenu::askForName(const QString& title, const QString& name,
                            std::function<void(const QString&)> take) {
    if (m_question) return;
    auto* question = new QInputDialog(m_line.window());
    m_question = question;
    question->setObjectName(QStringLiteral("filterName"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setWindowTitle(title);
    question->setLabelText(tr("Name:"));
    question->setTextValue(name);
    question->setOkButtonText(tr("Save"));
    question->setCancelButtonText(tr("Cancel"));
    connect(question, &QInputDialog::textValueSelected, this,
            [take = std::move(take)](const QString& given) {
                if (!given.trimmed().isEmpty()) take(given.trimmed());
            });
    question->open();
}

void FilterMenu::save(const QString& name, const QString& text) {
    QVector<Named> all = named();
    all.removeIf([&name](const Named& one) { return one.name == name; });
    all.append({name, text});
    setNamed(all);
}

void FilterMenu::rename(const QString& from, const QString& to) {
    QVector<Named> all = named();
    // A name is there once: another filter of the new name gives way.
    if (from != to) all.removeIf([&to](const Named& one) { return one.name == to; });
    for (Named& one : all)
        if (one.name == from) one.name = to;
    setNamed(all);
}

void FilterMenu::remove(const QString& name) {
    QVector<Named> all = named();
    all.removeIf([&name](const Named& one) { return one.name == name; });
    setNamed(all);
}

QVector<FilterMenu::Named> FilterMenu::named() const {
    // Name and text in turn.
    const QStringList pairs = m_settings.value(kNamed).toStringList();
    QVector<Named> all;
    for (qsizetype i = 0; i + 1 < pairs.size(); i += 2)
        all.append({pairs.at(i), pairs.at(i + 1)});
    return all;
}

void FilterMenu::setNamed(const QVector<Named>& all) {
    QVector<Named> sorted = all;
    std::sort(sorted.begin(), sorted.end(),
              [](const Named& a, const Named& b) { return a.name.localeAwareCompare(b.name) < 0; });
    QStringList pairs;
    for (const Named& one : sorted)
        pairs += {one.name, one.text};
    m_settings.setValue(kNamed, pairs);
}

} // namespace sallyport
