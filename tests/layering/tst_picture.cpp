// SPDX-License-Identifier: MIT
#include "tests/layering/picture.h"
#include "tests/layering/sourcetree.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <QXmlStreamReader>

using namespace sallyport::layering;

class TestPicture : public QObject {
    Q_OBJECT
private slots:
    void thePictureIsThatOfTheIncludes();
    void thePictureIsWellFormed();
    void anArrowThatFollowsFromOthersIsLeftOut();
};

void TestPicture::thePictureIsThatOfTheIncludes() {
    QFile file(
        QDir(QStringLiteral(SALLYPORT_SOURCE_DIR)).filePath(QStringLiteral("docs/rooms.svg")));
    const QByteArray picture = roomsPicture(rooms(), wholeTree());
    if (qEnvironmentVariableIsSet("SALLYPORT_DRAW_ROOMS")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(picture), picture.size());
        return;
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY2(file.readAll() == picture,
             "docs/rooms.svg is out of date: run tst_picture with SALLYPORT_DRAW_ROOMS=1");
}

void TestPicture::thePictureIsWellFormed() {
    QXmlStreamReader xml(roomsPicture(rooms(), wholeTree()));
    while (!xml.atEnd())
        xml.readNext();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
}

void TestPicture::anArrowThatFollowsFromOthersIsLeftOut() {
    const Tree tree{{QStringLiteral("core/proxy/a.cpp"),
                     "#include \"core/observe/x.h\"\n#include \"core/support/y.h\"\n"},
                    {QStringLiteral("core/observe/x.h"), "#include \"core/support/y.h\"\n"}};
    const std::vector<Arrow> expected{
        {QStringLiteral("core/observe"), QStringLiteral("core/support")},
        {QStringLiteral("core/proxy"), QStringLiteral("core/observe")}};
    QVERIFY(essentialArrows(rooms(), tree) == expected);
}

QTEST_APPLESS_MAIN(TestPicture)
#include "tst_picture.moc"
