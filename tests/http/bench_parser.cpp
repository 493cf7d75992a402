// SPDX-License-Identifier: MIT
#include "core/http/requestparser.h"
#include "core/http/responseparser.h"
#include "core/http/serialiser.h"

#include <QtTest>

using namespace sallyport;

namespace {

/// What Claude Code sends, in size and number of fields: about 600 bytes.
const QByteArray kRequest =
    "POST /v1/messages?beta=true HTTP/1.1\r\n"
    "Host: 127.0.0.1:8899\r\n"
    "Accept: application/json\r\n"
    "Authorization: Bearer "
    "sk-ant-REDACTED-REDACTED-REDACTED-REDACTED-REDACTED-REDACTED-REDACTED\r\n"
    "User-Agent: claude-cli/2.1.0 (external, cli)\r\n"
    "anthropic-version: 2023-06-01\r\n"
    "anthropic-beta: claude-code-20250219,interleaved-thinking-2025-05-14,fine-grained-tool\r\n"
    "X-Stainless-Retry-Count: 0\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Content-Type: application/json\r\n"
    "Connection: keep-alive\r\n"
    "Content-Length: 0\r\n\r\n";

} // namespace

class BenchParser : public QObject {
    Q_OBJECT

private slots:
    void requestHead() {
        RequestParser parser;
        QBENCHMARK {
            for (int i = 0; i < 1000; ++i) {
                if (parser.next(kRequest).step != ParseStep::Head) qFatal("no head");
                if (parser.next({}).step != ParseStep::End) qFatal("no end");
                parser.reset();
            }
        }
    }
    void requestHeadTaken() {
        RequestParser parser;
        QBENCHMARK {
            for (int i = 0; i < 1000; ++i) {
                if (parser.next(kRequest).step != ParseStep::Head) qFatal("no head");
                const RequestHead head = parser.takeHead();
                if (parser.next({}).step != ParseStep::End) qFatal("no end");
                parser.reset();
            }
        }
    }
    void chunks() {
        QByteArray message("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 1000; ++i)
            message.append("64\r\n" + QByteArray(100, 'x') + "\r\n");
        message.append("0\r\n\r\n");
        ResponseParser parser;
        QBENCHMARK {
            parser.expectResponseTo("GET");
            QByteArrayView input = message;
            while (true) {
                const ParseOutcome outcome = parser.next(input);
                input = input.sliced(outcome.consumed);
                if (outcome.step == ParseStep::End) break;
            }
        }
    }
    void writeRequestHead() {
        RequestParser parser;
        if (parser.next(kRequest).step != ParseStep::Head) qFatal("no head");
        QByteArray out;
        QBENCHMARK {
            for (int i = 0; i < 1000; ++i) {
                out.resize(0);
                appendRequestHead(out, "POST", "/v1/messages", parser.head().fields);
            }
        }
    }
};

QTEST_GUILESS_MAIN(BenchParser)
#include "bench_parser.moc"
