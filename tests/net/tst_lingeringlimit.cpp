// SPDX-License-Identifier: MIT
#include "core/net/lingeringlimit.h"

#include <QTest>

#include <memory>

using namespace sallyport;

namespace {

class FakeLingering final : public LingeringStream {
public:
    FakeLingering(LingeringLimit& all, qsizetype bytes)
        : m_all(all)
        , m_bytes(bytes) {
        m_all.add(*this);
    }
    [[nodiscard]] qsizetype lingeringBytes() const override { return m_bytes; }
    void cutLinger() override {
        isCut = true;
        m_all.remove(*this);
    }
    bool isCut = false;

private:
    LingeringLimit& m_all;
    qsizetype m_bytes;
};

constexpr qsizetype kHalf = LingeringLimit::kMaxPendingBytes / 2;

} // namespace

class TestLingeringLimit : public QObject {
    Q_OBJECT
private slots:
    void beyondTheNumberTheOldestIsCut() {
        LingeringLimit all;
        std::vector<std::unique_ptr<FakeLingering>> streams;
        for (std::size_t i = 0; i < LingeringLimit::kMaxStreams; ++i)
            streams.push_back(std::make_unique<FakeLingering>(all, 0));
        QVERIFY(!streams[0]->isCut);
        const FakeLingering more(all, 0);
        QVERIFY(streams[0]->isCut);
        QVERIFY(!streams[1]->isCut);
        QVERIFY(!more.isCut);
    }

    void beyondTheBytesTheOldestThatHoldsSomeIsCut() {
        LingeringLimit all;
        const FakeLingering empty(all, 0);
        const FakeLingering first(all, kHalf);
        const FakeLingering second(all, kHalf);
        QVERIFY(!first.isCut);
        const FakeLingering third(all, 1);
        QVERIFY(!empty.isCut);
        QVERIFY(first.isCut);
        QVERIFY(!second.isCut);
        QVERIFY(!third.isCut);
    }

    void oneThatHoldsNothingCutsNobodyForItsBytes() {
        LingeringLimit all;
        const FakeLingering large(all, 4 * kHalf);
        const FakeLingering empty(all, 0);
        QVERIFY(!large.isCut);
        const FakeLingering another(all, 1);
        QVERIFY(large.isCut);
    }
};

QTEST_GUILESS_MAIN(TestLingeringLimit)
#include "tst_lingeringlimit.moc"
