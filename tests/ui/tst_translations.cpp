// SPDX-License-Identifier: MIT
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

/// Holds the translation files against the texts of the tree as it is now.
class TranslationsTest : public QObject {
    Q_OBJECT
private slots:
    void everyTextIsTranslated_data();
    void everyTextIsTranslated();
};

namespace {

struct Message {
    QString context, source;
    QStringList forms;
    bool isUnfinished = false;
};

void readTranslation(QXmlStreamReader& xml, Message& message) {
    message.isUnfinished =
        xml.attributes().value(QStringLiteral("type")) == QLatin1String("unfinished");
    QString plain;
    while (!xml.atEnd() && !(xml.isEndElement() && xml.name() == QLatin1String("translation"))) {
        xml.readNext();
        if (xml.isStartElement() && xml.name() == QLatin1String("numerusform"))
            message.forms += xml.readElementText();
        else if (xml.isCharacters())
            plain += xml.text();
    }
    if (message.forms.isEmpty()) message.forms += plain;
}

QList<Message> readMessages(const QString& path) {
    QFile file(path);
    if (!file.open(QFile::ReadOnly)) return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement()) continue;
        if (xml.name() == QLatin1String("name")) context = xml.readElementText();
        if (xml.name() == QLatin1String("source"))
            messages += Message{context, xml.readElementText(), {}, false};
        if (xml.name() == QLatin1String("translation")) readTranslation(xml, messages.last());
    }
    return messages;
}

QStringList places(const QString& text) {
    QStringList found;
    auto all = QRegularExpression(QStringLiteral("%\\d")).globalMatch(text);
    while (all.hasNext())
        found += all.next().captured();
    found.sort();
    found.removeDuplicates();
    return found;
}

} // namespace

void TranslationsTest::everyTextIsTranslated_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("isPluralOnly");
    QTest::newRow("Simplified Chinese, every text")
        << QStringLiteral("sallyport_zh_CN.ts") << false;
    QTest::newRow("English, one and many") << QStringLiteral("sallyport_en.ts") << true;
}

void TranslationsTest::everyTextIsTranslated() {
    QFETCH(QString, file);
    QFETCH(bool, isPluralOnly);
    const QDir root(QStringLiteral(SALLYPORT_SOURCE_DIR));
    const QTemporaryDir scratch;
    const QString copy = scratch.filePath(file);
    QVERIFY(QFile::copy(root.filePath(QStringLiteral("resources/translations/") + file), copy));
    QStringList arguments{
        QStringLiteral("-silent"),    QStringLiteral("-I"),   QStringLiteral("."),
        QStringLiteral("-locations"), QStringLiteral("none"), QStringLiteral("-no-obsolete"),
        QStringLiteral("core"),       QStringLiteral("ui"),   QStringLiteral("app")};
    if (isPluralOnly) arguments.prepend(QStringLiteral("-pluralonly"));
    QProcess lupdate;
    lupdate.setWorkingDirectory(root.path());
    QSignalSpy finished(&lupdate, &QProcess::finished);
    lupdate.start(QStringLiteral(SALLYPORT_LUPDATE),
                  arguments + QStringList{QStringLiteral("-ts"), copy});
    QVERIFY(finished.wait(60000));
    QCOMPARE(lupdate.exitCode(), 0);
    const auto messages = readMessages(copy);
    QVERIFY(!messages.isEmpty());
    QStringList faults;
    for (const Message& message : messages) {
        const QString name = message.context + QStringLiteral(": ") + message.source;
        if (message.isUnfinished) faults += QStringLiteral("unfinished: ") + name;
        for (const QString& form : message.forms)
            if (!message.isUnfinished && places(form) != places(message.source))
                faults += QStringLiteral("other places: ") + name;
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_GUILESS_MAIN(TranslationsTest)
#include "tst_translations.moc"
