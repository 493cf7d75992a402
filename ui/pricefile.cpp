// SPDX-License-Identifier: MIT
#include "ui/pricefile.h"

#include <QFile>

namespace sallyport {

namespace {
constexpr qint64 kMaxFile = 1024 * 1024;
} // namespace

PriceFile::PriceFile(const QString& folder, const QString& shipped)
    : m_path(folder + QLatin1String("/prices.json")) {
    QFile file(shipped);
    const auto table =
        PriceTable::parse(file.open(QFile::ReadOnly) ? file.readAll() : QByteArray());
    if (table) m_shipped = *table;
    m_table = m_shipped;
    refresh();
}

bool PriceFile::refresh() {
    QFile file(m_path);
    const QByteArray text = file.open(QFile::ReadOnly) ? file.read(kMaxFile) : QByteArray();
    if (text == m_text) return false;
    m_text = text;
    m_table = m_shipped;
    m_problem.clear();
    if (text.isEmpty()) return true;
    const auto own = PriceTable::parse(text);
    if (own)
        m_table.prefer(*own);
    else
        m_problem = m_path + QLatin1String(": ") + own.error();
    return true;
}

QString dollarText(double dollars) {
    return u'$' + QString::number(dollars, 'f', dollars != 0 && dollars < 1 ? 4 : 2);
}

} // namespace sallyport
