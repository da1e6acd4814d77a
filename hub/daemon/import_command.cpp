// attuned import DIR: the school's CSV files to the hub, which alone decides what is right and what would change.
#include <algorithm>
#include <cstdio>
#include <span>
#include <stdexcept>

#include <fmt/format.h>

#include "hub/app/directory_csv.hpp"
#include "hub/app/timetable_csv.hpp"
#include "hub/daemon/administrator.hpp"
#include "hub/daemon/commands.hpp"
#include "hub/daemon/files.hpp"

namespace attune::daemon {

namespace {

constexpr std::size_t files_max = 16;

std::vector<protocol::ImportFile> read_files(const std::filesystem::path& dir) {
    std::error_code error;
    is_there(dir);  // or this user may not know
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(dir, error))
        if (entry.path().extension() == ".csv" && !entry.path().filename().string().starts_with("."))
            paths.push_back(entry.path());
    if (error)
        throw std::runtime_error(fmt::format("The folder {} cannot be read ({}). Name the folder with the CSV files.",
                                             dir.string(), error.message()));
    if (paths.empty())
        throw std::runtime_error(
            fmt::format("There is no CSV file in {}. Name the folder with the CSV files.", dir.string()));
    if (paths.size() > files_max)
        throw std::runtime_error(fmt::format("There are {} CSV files in {} and ten are read. Take the others away.",
                                             paths.size(), dir.string()));
    std::sort(paths.begin(), paths.end());
    std::vector<protocol::ImportFile> files;
    for (const auto& path : paths) {
        const std::string text = read_file(path, app::csv_file_bytes_max);
        const auto bytes = std::as_bytes(std::span(text));
        files.push_back({path.filename().string().substr(0, 64), {bytes.begin(), bytes.end()}});
    }
    return files;
}

int print_problems(const std::vector<protocol::ImportProblem>& problems) {
    for (const auto& problem : problems)
        fmt::print(stderr, "{}{}: {}{}\n", problem.file, problem.line ? fmt::format(":{}", problem.line) : "",
                   problem.column.empty() ? "" : problem.column + ": ", problem.message);
    fmt::print(stderr, "attuned: {} problem{}; nothing was changed. Mend the files and import again.\n",
               problems.size(), problems.size() == 1 ? "" : "s");
    return 1;
}

}  // namespace

int import_directory(const Config& config, const std::filesystem::path& dir, bool apply) {
    // First what would change, in a way that leaves every file as it is, and then, if it is right, the change.
    protocol::ImportDirectory request{read_files(dir), false};
    auto report = ask<protocol::ImportReport>(*reach_hub(config, Leaves::nothing), request);
    if (!report.problems.empty()) {
        // A timetable that can't be read is no secret of this terminal: the hub notes the fault, and keeps the last good one.
        const bool rota = std::ranges::any_of(request.files, [](const auto& file) { return app::is_timetable_file(file.name); });
        if (apply && rota) {
            request.apply = true;
            ask<protocol::ImportReport>(*reach_hub(config, Leaves::events), request);
        }
        return print_problems(report.problems);
    }
    if (apply && report.changes_total != 0) {
        request.apply = true;
        report = ask<protocol::ImportReport>(*reach_hub(config, Leaves::events), request);
        if (!report.problems.empty()) return print_problems(report.problems);
    }
    const bool one = report.changes_total == 1;
    for (const auto& change : report.changes)
        fmt::print("{} {}{}{}{}{}\n", change.change, change.what, change.id.empty() ? "" : " ", change.id,
                   change.detail ? ": " : "", change.detail.value_or(""));
    if (report.changes_total > report.changes.size())
        fmt::print("and {} more\n", report.changes_total - report.changes.size());
    for (const auto& note : report.notes.value_or(std::vector<std::string>{}))
        fmt::print("{}\n", note);
    if (report.changes_total == 0)
        fmt::print("Nothing to change: the site is so already.\n");
    else if (report.applied)
        fmt::print("{} {} made.\n", report.changes_total, one ? "change was" : "changes were");
    else
        fmt::print("{} {} would be made; nothing was changed. Say --apply to make {}.\n", report.changes_total,
                   one ? "change" : "changes", one ? "it" : "them");
    return apply && !report.applied && report.changes_total != 0 ? 1 : 0;
}

}  // namespace attune::daemon
