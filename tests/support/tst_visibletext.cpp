// SPDX-License-Identifier: MIT
#include "core/support/visibletext.h"

#include <QTest>

using namespace sallyport;

class TestVisibleText : public QObject {
    Q_OBJECT
private slots:
    void texts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("visible");
        const auto row = [](const char* tag, const char16_t* text, const char16_t* visible) {
            QTest::newRow(tag) << QString::fromUtf16(text) << QString::fromUtf16(visible);
        };
        row("nothing", u"", u"");
        row("ordinary text stays", u"a\\b \"c\" /d?e=f", u"a\\b \"c\" /d?e=f");
        row("letters of any script stay", u"b\u00fccher \u7f51\u5173 \U0001F600",
            u"b\u00fccher \u7f51\u5173 \U0001F600");
        row("line ends and tabs have names", u"a\r\n\tb", u"a\\r\\n\\tb");
        row("a colour of the terminal", u"\u001b[31mred\u001b[0m", u"\\x1b[31mred\\x1b[0m");
        row("a control character of C1", u"\u009b31m\u0085", u"\\x9b31m\\x85");
        row("delete", u"a\u007f", u"a\\x7f");
        row("another direction", u"a\u202egnp.exe\u2069", u"a\\u202egnp.exe\\u2069");
        row("what has no width", u"a\u200bb\ufeff", u"a\\u200bb\\ufeff");
        row("line and paragraph separators", u"a\u2028b\u2029", u"a\\u2028b\\u2029");
        row("what has no meaning that all agree on", u"a\ue000\u0378", u"a\\ue000\\u0378");
        row("tags beyond the first plane", u"a\U000E0041", u"a\\U000e0041");
    }
    void texts() {
        QFETCH(const QString, text);
        QTEST(visibleText(text), "visible");
    }

    void zeroIsShownAndHalfACharacterReplaced() {
        QCOMPARE(visibleText(QString(QChar(0))), QStringLiteral("\\x00"));
        QCOMPARE(visibleText(QString(QChar(0xD800))), QString(QChar(QChar::ReplacementCharacter)));
    }
};

QTEST_APPLESS_MAIN(TestVisibleText)
#include "tst_visibletext.moc"
