// SPDX-License-Identifier: MIT
#include "tests/layering/names.h"
#include "tests/layering/sourcetree.h"

#include <QTest>

using namespace sallyport::layering;

namespace {

/// One finding per line.
QString left(const QStringList& found) { return found.join(u'\n'); }

Tree treeOf(std::initializer_list<std::pair<const char*, QByteArray>> files) {
    Tree tree;
    for (const auto& [path, code] : files)
        tree.insert(QString::fromLatin1(path), code);
    return tree;
}

} // namespace

class TestNames : public QObject {
    Q_OBJECT
private slots:
    void everySourceHasAHeaderOfItsName() {
        QCOMPARE(left(sourcesWithoutHeader(wholeTree())), QString());
    }
    void noClassIsDefinedInTwoSources() {
        QCOMPARE(left(classesInTwoSources(wholeTree())), QString());
    }
    void everySourceHasATest() {
        const QStringList tests =
            filesBelow("tests", {QStringLiteral("tst_*.cpp"), QStringLiteral("*.py")});
        QCOMPARE(left(sourcesWithoutTest(wholeTree(), coveredBy(), tests)), QString());
    }
    void everyPublicFunctionIsUsed() { QCOMPARE(left(unusedFunctions(wholeTree())), QString()); }

    void aSourceWithoutHeaderIsFound();
    void aClassInTwoSourcesIsFound_data();
    void aClassInTwoSourcesIsFound();
    void aSourceWithoutTestIsFound_data();
    void aSourceWithoutTestIsFound();
    void anUnusedFunctionIsFound_data();
    void anUnusedFunctionIsFound();
};

void TestNames::aSourceWithoutHeaderIsFound() {
    const Tree tree = treeOf({{"core/a/x.cpp", ""},
                              {"core/a/y.cpp", ""},
                              {"core/a/y.h", ""},
                              {"core/b/x.h", ""},
                              {"app/cli/main.cpp", ""},
                              {"tests/a/tst_x.cpp", ""}});
    QCOMPARE(sourcesWithoutHeader(tree),
             QStringList{QStringLiteral("core/a/x.cpp: has no header of its name in its folder")});
}

void TestNames::aClassInTwoSourcesIsFound_data() {
    QTest::addColumn<QByteArray>("first");
    QTest::addColumn<QByteArray>("second");
    QTest::addColumn<QStringList>("found");
    const auto row = [](const char* tag, const char* first, const char* second, bool isFound) {
        QTest::newRow(tag) << QByteArray(first) << QByteArray(second)
                           << (isFound
                                   ? QStringList{QStringLiteral("A: core/a/x.cpp, core/a/y.cpp")}
                                   : QStringList());
    };
    row("a member function in each", "void A::f() {\n}\n", "int A::g() const { return 1; }\n",
        true);
    row("a constructor in one", "A::A()\n    : m_x(1) {}\n", "A::~A() = default;\nQ A::g() {\n",
        true);
    row("arguments on the next line", "Result<B, C> A::f(int x,\n    int y) {\n",
        "const B& A::g() {}\n", true);
    row("a call of another's function is none", "void A::f() {\n    B::g();\n}\n",
        "void B::g() {\n    A::f();\n}\n", false);
    row("a nested class is another", "void A::f() {}\n", "void A::B::g() {}\n", false);
    row("a namespace is none", "void a::f() {}\n", "void a::g() {}\n", false);
}

void TestNames::aClassInTwoSourcesIsFound() {
    QFETCH(QByteArray, first);
    QFETCH(QByteArray, second);
    QTEST(classesInTwoSources(treeOf({{"core/a/x.cpp", first}, {"core/a/y.cpp", second}})),
          "found");
}

void TestNames::aSourceWithoutTestIsFound_data() {
    QTest::addColumn<QByteArray>("neighbour");
    QTest::addColumn<QByteArray>("test");
    QTest::addColumn<QString>("covered");
    QTest::addColumn<int>("findings");
    const QByteArray own = "#include \"core/a/x.h\"\n";
    const QByteArray user = "#include \"core/a/y.h\"\n";
    const QString none;
    QTest::newRow("a test includes it") << QByteArray() << own + user << none << 0;
    QTest::newRow("no test includes it") << QByteArray() << user << none << 1;
    QTest::newRow("a neighbour that has a test uses it") << own << user << none << 0;
    QTest::newRow("a neighbour without a test uses it") << own << QByteArray() << none << 2;
    QTest::newRow("it is listed") << QByteArray() << user << QStringLiteral("core/a/x") << 0;
    QTest::newRow("what is listed is no source")
        << QByteArray() << own + user << QStringLiteral("core/a/z") << 1;
}

void TestNames::aSourceWithoutTestIsFound() {
    QFETCH(QByteArray, neighbour);
    QFETCH(QByteArray, test);
    QFETCH(QString, covered);
    const Tree tree = treeOf({{"core/a/x.cpp", "#include \"core/a/x.h\"\n"},
                              {"core/a/x.h", ""},
                              {"core/a/y.cpp", neighbour},
                              {"core/a/y.h", ""},
                              {"tests/a/tst_y.cpp", test}});
    const QString file = QStringLiteral("tests/a/tst_y.cpp");
    QHash<QString, QString> table;
    if (!covered.isEmpty()) table.insert(covered, file);
    QTEST(static_cast<int>(sourcesWithoutTest(tree, table, {file}).size()), "findings");
}

void TestNames::anUnusedFunctionIsFound_data() {
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<bool>("isFound");
    const auto row = [](const char* tag, const char* header, const char* source, const char* other,
                        bool isFound) {
        QTest::newRow(tag) << QByteArray(header) << QByteArray(source) << QByteArray(other)
                           << isFound;
    };
    row("declared and defined, never called", "struct A {\n    int f();\n};\n",
        "int A::f() {\n    return 1;\n}\n", "", true);
    row("defined in the header, never called", "struct A {\n    int f() const { return 1; }\n};\n",
        "", "", true);
    row("called elsewhere", "struct A {\n    int f();\n};\n", "int A::f() {}\n", "a.f();\n", false);
    row("called by its own source", "struct A {\n    int f();\n};\n",
        "int A::f() {}\nvoid A::g() {\n    f();\n}\n", "", false);
    row("an override is called by its base", "struct A : B {\n    int f() override;\n};\n",
        "int A::f() {}\n", "", false);
    row("private ones are the compiler's", "class A {\nprivate:\n    int f();\n};\n",
        "int A::f() {}\n", "", false);
}

void TestNames::anUnusedFunctionIsFound() {
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, source);
    QFETCH(QByteArray, other);
    QFETCH(bool, isFound);
    const Tree tree =
        treeOf({{"core/a/x.h", header}, {"core/a/x.cpp", source}, {"core/b/y.cpp", other}});
    QCOMPARE(unusedFunctions(tree),
             isFound ? QStringList{QStringLiteral("core/a/x.h: f")} : QStringList());
}

QTEST_APPLESS_MAIN(TestNames)
#include "tst_names.moc"
