// SPDX-License-Identifier: MIT
#pragma once

#include "core/config/configerror.h"
#include "core/config/filerewrite.h"
#include "core/config/routesfile.h"
#include "core/support/result.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace sallyport {

/// `routes.yaml` as an editor holds it: the text that was read, what it means, and the steps back
/// and forth. The file is the truth: a change is written only while the file holds what was read,
/// and what another program writes ends the steps.
class RoutesDocument {
public:
    /// Steps that can be taken back; older ones are forgotten.
    static constexpr std::size_t kMaxSteps = 100;

    explicit RoutesDocument(QString configDir);

    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] bool hasFile() const { return m_text.has_value(); }
    /// The text of the file; without one the text that the first change is made to, which means
    /// what is served without a file.
    [[nodiscard]] QByteArray text() const;
    /// Where the file is wrong or cannot be read; nothing can be changed then.
    [[nodiscard]] const std::optional<ConfigError>& problem() const { return m_problem; }
    /// What the text means; of a file with a problem, what the last good one did.
    [[nodiscard]] const RoutesFile& routes() const { return m_routes; }

    /// Reads the file again; true when it is another one than before.
    bool refresh();
    /// The text after a change, which is not made.
    [[nodiscard]] Result<QByteArray, ConfigError> preview(const TextEdit& change) const;
    /// Makes a change. The error is a sentence; nothing is written then.
    [[nodiscard]] Result<Done, QString> apply(const TextEdit& change);

    [[nodiscard]] bool canUndo() const { return m_position > 0 && !m_problem; }
    [[nodiscard]] bool canRedo() const { return m_position < m_steps.size() && !m_problem; }
    /// Writes the bytes that were there before the latest change, or takes the file away that it
    /// made. The errors are those of apply().
    [[nodiscard]] Result<Done, QString> undo();
    [[nodiscard]] Result<Done, QString> redo();

private:
    struct StepTexts {
        std::optional<QByteArray> before;
        std::optional<QByteArray> after;
    };
    [[nodiscard]] Result<Done, QString> write(const std::optional<QByteArray>& text);
    void take(std::optional<QByteArray> text);

    QString m_path;
    std::optional<QByteArray> m_text; ///< absent: there is no file
    std::optional<ConfigError> m_problem;
    RoutesFile m_routes;
    std::vector<StepTexts> m_steps;
    std::size_t m_position = 0; ///< steps that are done
};

} // namespace sallyport
