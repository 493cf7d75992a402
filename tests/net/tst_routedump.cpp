// SPDX-License-Identifier: MIT
#include "core/net/routedump.h"
#include "core/net/routesocket.h"

#include <QTest>

#include <linux/rtnetlink.h>
#include <sys/socket.h>

using namespace sallyport;

namespace {

template <typename Struct>
QByteArray bytesOf(const Struct& value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

QByteArray padded(QByteArray bytes) {
    while (bytes.size() % 4 != 0)
        bytes += '\0';
    return bytes;
}

QByteArray attribute(unsigned short type, const QByteArray& value) {
    rtattr head{};
    head.rta_type = type;
    head.rta_len =
        static_cast<unsigned short>(sizeof head + static_cast<std::size_t>(value.size()));
    return padded(bytesOf(head) + value);
}

QByteArray message(unsigned short type, const QByteArray& content) {
    nlmsghdr head{};
    head.nlmsg_type = type;
    head.nlmsg_len = static_cast<quint32>(sizeof head + static_cast<std::size_t>(content.size()));
    return padded(bytesOf(head) + content);
}

/// A route by way of 192.0.2.1 on interface 3.
rtmsg usual() {
    rtmsg route{};
    route.rtm_family = AF_INET;
    route.rtm_table = RT_TABLE_MAIN;
    route.rtm_protocol = RTPROT_DHCP;
    route.rtm_type = RTN_UNICAST;
    return route;
}

const QByteArray kGateway = QByteArray::fromHex("c0000201");

QByteArray newRoute(const rtmsg& route, const QByteArray& more = {}) {
    return message(RTM_NEWROUTE, bytesOf(route) + attribute(RTA_GATEWAY, kGateway) +
                                     attribute(RTA_OIF, bytesOf(quint32{3})) + more);
}

} // namespace

class TestRouteDump : public QObject {
    Q_OBJECT
private slots:
    void onlyWaysToOtherNetworksCount_data() {
        QTest::addColumn<QByteArray>("dump");
        QTest::addColumn<int>("count");
        const auto row = [](const char* tag, auto change, int count) {
            rtmsg route = usual();
            change(route);
            QTest::newRow(tag) << newRoute(route) << count;
        };
        row(
            "the default route", [](rtmsg&) {}, 1);
        row(
            "a network of a VPN", [](rtmsg& is) { is.rtm_dst_len = 8; }, 1);
        row(
            "in a table of its own, as WireGuard has it", [](rtmsg& is) { is.rtm_table = 252; }, 1);
        row(
            "a single host", [](rtmsg& is) { is.rtm_dst_len = 32; }, 0);
        row(
            "a host of IPv6",
            [](rtmsg& is) {
                is.rtm_family = AF_INET6;
                is.rtm_dst_len = 128;
            },
            0);
        row(
            "32 bits of IPv6",
            [](rtmsg& is) {
                is.rtm_family = AF_INET6;
                is.rtm_dst_len = 32;
            },
            1);
        row(
            "the network of an own address, as of a container",
            [](rtmsg& is) { is.rtm_protocol = RTPROT_KERNEL; }, 0);
        row(
            "an own address", [](rtmsg& is) { is.rtm_table = RT_TABLE_LOCAL; }, 0);
        row(
            "a route that refuses", [](rtmsg& is) { is.rtm_type = RTN_UNREACHABLE; }, 0);
        row(
            "one that is cached", [](rtmsg& is) { is.rtm_flags = RTM_F_CLONED; }, 0);
        const QByteArray good = newRoute(usual());
        QTest::newRow("nothing") << QByteArray() << 0;
        QTest::newRow("two") << good + good << 2;
        QTest::newRow("another message between") << good + message(RTM_NEWADDR, "abcd") + good << 2;
        QTest::newRow("nothing counts after the end") << good + message(NLMSG_DONE, {}) + good << 1;
        QTest::newRow("a message that is cut off") << good + good.chopped(5) << 1;
        QTest::newRow("a length of nothing") << QByteArray(64, '\0') << 0;
    }
    void onlyWaysToOtherNetworksCount() {
        QFETCH(QByteArray, dump);
        QTEST(static_cast<int>(routesIn(dump).size()), "count");
        // Cut off anywhere, or with a byte changed: no more than was there.
        for (qsizetype i = 0; i < dump.size(); ++i) {
            QVERIFY(routesIn(dump.first(i)).size() <= 2);
            QByteArray other = dump;
            other[i] = '\xff';
            QVERIFY(routesIn(other).size() <= 2);
        }
    }

    void aRouteIsRead() {
        rtmsg route = usual();
        route.rtm_dst_len = 8;
        const QByteArray ten = QByteArray::fromHex("0a000000");
        const auto routes = routesIn(newRoute(route, attribute(RTA_DST, ten)));
        QCOMPARE(routes.size(), 1U);
        const NetworkRoute wanted{AF_INET, ten, 8, kGateway, 3};
        QVERIFY(routes.front() == wanted);
    }

    void theOrderOfTheKernelDoesNotMatter() {
        rtmsg other = usual();
        other.rtm_dst_len = 8;
        const QByteArray one = newRoute(usual());
        const QByteArray two = newRoute(other);
        QVERIFY(routesIn(QByteArray(one + two)) == routesIn(QByteArray(two + one)));
    }

    void theKernelIsAsked() {
        const auto routes = RouteSocket::routes();
        if (!routes) QSKIP("no rtnetlink here");
        QVERIFY(routes == RouteSocket::routes());
    }
};

QTEST_GUILESS_MAIN(TestRouteDump)
#include "tst_routedump.moc"
