// SPDX-License-Identifier: MIT
#include "core/config/routesdocument.h"

#include "core/config/defaultfiles.h"
#include "core/support/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace sallyport {

RoutesDocument::RoutesDocument(QString configDir)
    : m_path(QDir(configDir).filePath(QStringLiteral("routes.yaml")))
    , m_routes(defaultRoutes()) {
    refresh();
}

QByteArray RoutesDocument::text() const { return m_text.value_or(sandboxRoutesText()); }

void RoutesDocument::take(std::optional<QByteArray> text) {
    m_text = std::move(text);
    m_problem.reset();
    auto parsed = parseRoutes(this->text(), m_path);
    if (parsed)
        m_routes = std::move(parsed).value();
    else
        m_problem = parsed.error();
}

bool RoutesDocument::refresh() {
    auto present = readText(m_path);
    if (!present) {
        const ConfigError problem{m_path, 0, 0, present.error()};
        const bool isNew = m_problem != problem;
        m_problem = problem;
        return isNew;
    }
    const bool isOther = *present != m_text;
    const auto before = m_problem;
    take(std::move(present).value());
    if (isOther) {
        m_steps.clear();
        m_position = 0;
    }
    return isOther || before != m_problem;
}

Result<QByteArray, ConfigError> RoutesDocument::preview(const TextEdit& change) const {
    if (m_problem) return Failure{*m_problem};
    return change(text(), m_path);
}

Result<Done, QString> RoutesDocument::write(const std::optional<QByteArray>& text) {
    const QString folder = QFileInfo(m_path).absolutePath();
    if (!paths::ensurePrivateDir(folder))
        return Failure{
            QCoreApplication::translate("Setup", "The folder %1 cannot be made.").arg(folder)};
    auto written = replaceText(m_path, m_text, text);
    if (!written) return written;
    take(text);
    return written;
}

Result<Done, QString> RoutesDocument::apply(const TextEdit& change) {
    const auto edited = preview(change);
    if (!edited) return Failure{edited.error().toString()};
    if (m_text && *edited == *m_text) return Done{};
    StepTexts step{m_text, *edited};
    auto written = write(step.after);
    if (!written) return written;
    m_steps.resize(m_position);
    if (m_steps.size() == kMaxSteps) m_steps.erase(m_steps.begin());
    m_steps.push_back(std::move(step));
    m_position = m_steps.size();
    return written;
}

Result<Done, QString> RoutesDocument::undo() {
    if (!canUndo()) return Done{};
    auto written = write(m_steps[m_position - 1].before);
    if (written) --m_position;
    return written;
}

Result<Done, QString> RoutesDocument::redo() {
    if (!canRedo()) return Done{};
    auto written = write(m_steps[m_position].after);
    if (written) ++m_position;
    return written;
}

} // namespace sallyport
