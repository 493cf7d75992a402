// SPDX-License-Identifier: MIT
#include "core/replay/playlist.h"

#include <QTest>

using namespace sallyport;

namespace {

/// `POST /v1/messages body` as recorded; its place is its number.
RecordedExchange recorded(const QByteArray& line, int number) {
    const QList<QByteArray> words = line.split(' ');
    RecordedExchange out;
    out.method = words[0];
    out.target = words[1];
    if (words.size() > 2) out.requestDigest = contentDigest(words[2]);
    out.place = QByteArray::number(number);
    return out;
}

} // namespace

class TestPlaylist : public QObject {
    Q_OBJECT
private slots:
    void gives_data() {
        QTest::addColumn<QByteArrayList>("recording");
        QTest::addColumn<QByteArrayList>("requests");
        QTest::addColumn<QByteArray>("given"); ///< places in order; - for none
        const auto row = [](const char* tag, const QByteArrayList& recording,
                            const QByteArrayList& requests, const char* given) {
            QTest::newRow(tag) << recording << requests << QByteArray(given);
        };
        row("each once, in order, then from the first", {"POST /a", "POST /a", "POST /a"},
            {"POST /a", "POST /a", "POST /a", "POST /a", "POST /a"}, "1 2 3 1 2");
        row("another method", {"POST /a"}, {"GET /a"}, "-");
        row("another path", {"POST /a"}, {"POST /a/b"}, "-");
        row("HEAD gets what GET got", {"GET /a"}, {"HEAD /a", "HEAD /a"}, "1 1");
        row("HEAD that was recorded goes before", {"GET /a", "HEAD /a"}, {"HEAD /a"}, "2");
        row("another query, where there is no other", {"POST /a?x=1"}, {"POST /a?y=2"}, "1");
        row("the same query goes before", {"GET /a", "GET /a?x=1"}, {"GET /a?x=1", "GET /a"},
            "2 1");
        row("a prefix before the API's path", {"POST /llm/v1/messages"},
            {"POST /v1/messages", "POST /other/v1/messages?beta=true"}, "1 1");
        row("the same content goes before", {"POST /a one", "POST /a two"},
            {"POST /a two", "POST /a two", "POST /a one"}, "2 2 1");
        row("unknown content takes its turn", {"POST /a one", "POST /a two"},
            {"POST /a three", "POST /a four", "POST /a three"}, "1 2 1");
        row("a content that came again, in its order", {"POST /a x", "POST /a y", "POST /a x"},
            {"POST /a x", "POST /a x", "POST /a x", "POST /a y"}, "1 3 1 2");
    }
    void gives() {
        QFETCH(const QByteArrayList, recording);
        QFETCH(const QByteArrayList, requests);
        std::vector<RecordedExchange> exchanges;
        for (const QByteArray& line : recording)
            exchanges.push_back(recorded(line, static_cast<int>(exchanges.size()) + 1));
        Playlist playlist(std::move(exchanges));
        QByteArrayList given;
        for (const QByteArray& line : requests) {
            const RecordedExchange asked = recorded(line, 0);
            const auto* found = playlist.next(asked.method, asked.target,
                                              asked.requestDigest.value_or(contentDigest({})));
            given << (found ? found->place : QByteArray("-"));
        }
        QTEST(given.join(' '), "given");
    }
    void saysWhatItHas() {
        Playlist playlist({recorded("GET /a?x", 1), recorded("GET /a?y", 2), recorded("POST /b", 3),
                           recorded("POST /c", 4)});
        QCOMPARE(playlist.requests(2),
                 (QStringList{QStringLiteral("GET /a"), QStringLiteral("POST /b")}));
    }
};

QTEST_APPLESS_MAIN(TestPlaylist)
#include "tst_playlist.moc"
