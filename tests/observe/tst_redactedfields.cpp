// SPDX-License-Identifier: MIT
#include "core/observe/redactedfields.h"

#include <QTest>

using namespace sallyport;

class TestRedactedFields : public QObject {
    Q_OBJECT
private slots:
    void fieldsKeepTheirOrderAndDuplicates();
};

void TestRedactedFields::fieldsKeepTheirOrderAndDuplicates() {
    FieldList fields;
    fields.append("Set-Cookie", "a=0123456789abcdef");
    fields.append("X-Plain", "one");
    fields.append("set-cookie", "b=2");
    fields.append("Location", "http://h/?token=abc");
    FieldList expected;
    expected.append("Set-Cookie", "‹redacted, 18 bytes, …cdef›");
    expected.append("X-Plain", "one");
    expected.append("set-cookie", "‹redacted, 3 bytes›");
    expected.append("Location", "http://h/?token=‹redacted, 3 bytes›");
    QCOMPARE(redactedFields(fields), expected);
}

QTEST_APPLESS_MAIN(TestRedactedFields)
#include "tst_redactedfields.moc"
