// SPDX-License-Identifier: MIT
#include "core/proxy/providerprefix.h"

#include <QTest>

using namespace sallyport;

class TestProviderPrefix : public QObject {
    Q_OBJECT
private slots:
    void paths_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("name"); ///< empty: no prefix
        QTest::addColumn<QByteArray>("rest");
        const auto row = [](const char* path, const char* name, const char* rest) {
            QTest::newRow(path) << QByteArray(path) << QByteArray(name) << QByteArray(rest);
        };
        row("/p/corp/v1/messages", "corp", "/v1/messages");
        row("/p/corp/v1/messages?beta=true", "corp", "/v1/messages?beta=true");
        row("/p/corp", "corp", "/");
        row("/p/corp/", "corp", "/");
        row("/p/corp?x", "corp", "/?x");
        row("/p/the%20corp/x", "the corp", "/x");
        row("/p/caf%c3%a9/x", "caf\xc3\xa9", "/x");
        row("/p/corp//x", "corp", "//x");
        row("/p/corp/../x", "corp", "/../x");
        row("/p/", "", "");
        row("/p", "", "");
        row("/p//x", "", "");
        row("/pcorp/x", "", "");
        row("//p/corp/x", "", "");
        row("/%70/corp/x", "", "");
        row("/p/a%2fb/x", "", "");
        row("/p/a%5cb/x", "", "");
        row("/p/../x", "", "");
        row("/p/%2e%2e/x", "", "");
        row("/p/./x", "", "");
        row("/p/a%00/x", "", "");
        row("/p/a%0a/x", "", "");
        row("/p/%ff/x", "", "");
        row("*", "", "");
    }
    void paths() {
        QFETCH(const QByteArray, path);
        const auto prefix = providerPrefixOf(path);
        QTEST(prefix ? prefix->name.toUtf8() : QByteArray(), "name");
        QTEST(prefix ? prefix->pathAndQuery : QByteArray(), "rest");
    }
};

QTEST_GUILESS_MAIN(TestProviderPrefix)
#include "tst_providerprefix.moc"
