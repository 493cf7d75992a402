// SPDX-License-Identifier: MIT
#include "core/history/filterlexer.h"
#include "core/history/filterparser.h"

#include <QTest>

using namespace sallyport;
using filter::Token;

class TestFilterParser : public QObject {
    Q_OBJECT
private slots:
    void tokensOfALine();
    void mistakes_data();
    void mistakes();
    void bracketsHaveALimit();
    void wordsAreQuotedWhereTheyNeedIt_data();
    void wordsAreQuotedWhereTheyNeedIt();
};

namespace {

/// The line of tokens as a text: kind, key and text of each.
QString told(const std::vector<Token>& tokens) {
    QStringList out;
    for (const Token& token : tokens) {
        switch (token.kind) {
        case Token::Kind::Open: out += QStringLiteral("("); break;
        case Token::Kind::Close: out += QStringLiteral(")"); break;
        case Token::Kind::Or: out += QStringLiteral("OR"); break;
        case Token::Kind::And: out += QStringLiteral("AND"); break;
        case Token::Kind::Not: out += QStringLiteral("NOT"); break;
        case Token::Kind::Word:
            out += QString(token.key + u'<' + token.text + u'>' +
                           (token.isExpression ? QStringLiteral("re") : QString()));
            break;
        }
    }
    return out.join(u' ');
}

} // namespace

void TestFilterParser::tokensOfALine() {
    const auto split = filter::tokens(
        u" a  -b:\"c \\\" d\" \"x y\"z (f(x) || !path:/^v1\\/(a|b)/) /v1/messages AND not /x/i)");
    QVERIFY(split.isOk());
    QCOMPARE(told(*split),
             QStringLiteral("<a> NOT b<c \" d> <x yz> ( <f(x)> OR NOT path<^v1\\/(a|b)>re ) "
                            "</v1/messages> AND NOT <x>re )"));
    QCOMPARE(split->at(2).position, 5);
    QCOMPARE(split->at(2).length, 10);
}

void TestFilterParser::mistakes_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("place"); ///< what is at fault
    QTest::addColumn<QString>("says");
    const auto row = [](const char* tag, const char* line, const char* place, const char* says) {
        QTest::newRow(tag) << QString::fromUtf8(line) << QString::fromUtf8(place)
                           << QString::fromUtf8(says);
    };
    row("an unknown key names the known ones", "a colour:red b", "colour:red", "status:");
    row("a status that is no number", "status:ok", "status:ok", "404");
    row("a status without a number", "status:", "status:", "404");
    row("a comparison without a number", "x status:>=", "status:>=", "404");
    row("not a number, in so many letters", "status:nan", "status:nan", "404");
    row("a number without an end", "dur:<inf", "dur:<inf", "5s");
    row("a class that is none", "status:axx", "status:axx", "404");
    row("a negative number", "in:>-5", "in:>-5", "100");
    row("a span that runs backwards", "status:500-400", "status:500-400", "404");
    row("a duration in an unknown unit", "dur:>5y", "dur:>5y", "5s");
    row("a trait that is none", "is:red", "is:red", "stream");
    row("a text that is missing", "model:", "model:", "wants a text");
    row("a text that is missing before a bracket", "(model:)", "model:", "wants a text");
    row("a sign in the place of the colon", "a status>=400", "status>=400", "status:");
    row("an equals sign", "model=haiku", "model=haiku", "model:");
    row("an unequal sign", "status!=200", "status!=200", "status:");
    row("a quote that is open", "a \"rate limit", "\"rate limit", "quote");
    row("a quote that is open in a value", "path:\"/v1", "\"/v1", "quote");
    row("or without a left side", "or a", "or", "missing before “or”");
    row("or without a right side", "a or", "or", "missing after “or”");
    row("two operators", "a or and b", "and", "missing before “and”");
    row("not without a word", "a not", "not", "missing after “not”");
    row("a bracket that is open", "a (b c", "(", "not closed");
    row("a bracket that closes none", "a b)", ")", "closes no bracket");
    row("brackets around nothing", "a ()", ")", "missing before “)”");
    row("an expression that is none", "a /b(/", "/b(/", "no regular expression");
    row("an expression of nothing", "//", "//", "empty");
    row("an expression for contents", "body:/x/", "body:/x/", "no regular expressions");
}

void TestFilterParser::mistakes() {
    QFETCH(QString, line);
    QFETCH(QString, place);
    QFETCH(QString, says);
    const auto query = filter::parse(line);
    QVERIFY(!query.isOk());
    QCOMPARE(line.mid(query.error().position, query.error().length), place);
    QVERIFY2(query.error().reason.contains(says), qPrintable(query.error().reason));
}

void TestFilterParser::bracketsHaveALimit() {
    const auto nested = [](int levels) {
        return QString(QString(levels, u'(') + u'a' + QString(levels, u')'));
    };
    QVERIFY(filter::parse(nested(32)).isOk());
    QVERIFY(!filter::parse(nested(33)).isOk());
    QVERIFY(!filter::parse(QString(QString(100000, u'!') + u'a')).isOk());
}

void TestFilterParser::wordsAreQuotedWhereTheyNeedIt_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* text, const char* word) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(word);
    };
    row("claude-haiku-4-5", "claude-haiku-4-5");
    row("/v1/messages", "/v1/messages");
    row("127.0.0.1:80", "127.0.0.1:80");
    row("two words", "\"two words\"");
    row("or", "\"or\"");
    row("-x", "\"-x\"");
    row("a:b", "\"a:b\"");
    row("/x/", "\"/x/\"");
    row("a*b", "\"a*b\"");
    row("(", "\"(\"");
    row("say \"x\\", "\"say \\\"x\\\\\"");
}

void TestFilterParser::wordsAreQuotedWhereTheyNeedIt() {
    QFETCH(QString, text);
    QFETCH(QString, word);
    QCOMPARE(filter::quotedWord(text), word);
    QVERIFY(filter::parse(filter::quotedWord(text)).isOk());
}

QTEST_GUILESS_MAIN(TestFilterParser)
#include "tst_filterparser.moc"
