// Each file is written beside its place and moved into it, so that a power cut leaves the old one or the new one.
#include "hub/daemon/kept_timetable.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "hub/daemon/files.hpp"

namespace attune::daemon {

namespace {

constexpr std::size_t kept_files_max = 160;

/// A name of ours, and no path.
bool is_fit(const std::string& name) {
    return app::is_timetable_file(name) && name.size() <= 64 && !name.starts_with('.') && name.find('/') == std::string::npos && name.find('\0') == std::string::npos;
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool write_file(const std::filesystem::path& path, std::string_view text) {
    const std::filesystem::path beside = path.parent_path() / ("." + path.filename().string() + ".new");
    const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return false;
    const bool good = write_all(file, text) && ::fsync(file) == 0;
    ::close(file);
    return good && ::rename(beside.c_str(), path.c_str()) == 0;
}

}  // namespace

std::vector<app::CsvFile> KeptTimetable::load() const {
    std::vector<app::CsvFile> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        const std::string name = entry.path().filename().string();
        if (!is_fit(name) || files.size() >= kept_files_max) continue;
        try {
            files.push_back({name, read_file(entry.path(), app::csv_file_bytes_max)});
        } catch (const std::exception&) {
            continue;  // a copy that can't be read is none
        }
    }
    std::ranges::sort(files, {}, &app::CsvFile::name);
    return files;
}

std::string KeptTimetable::replace(const std::vector<app::CsvFile>& files) const {
    const auto failed = [&] { return fmt::format("The copy of the timetable in {} can't be written: {}.", folder_.string(), std::strerror(errno)); };
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return failed();
    for (const app::CsvFile& file : files)
        if (is_fit(file.name) && !write_file(folder_ / file.name, file.text)) return failed();
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        const std::string name = entry.path().filename().string();
        if (std::ranges::find(files, name, &app::CsvFile::name) == files.end()) std::filesystem::remove(entry.path(), error);
    }
    return "";
}

std::vector<app::CsvFile> laid_over(const std::vector<app::CsvFile>& beside, const std::vector<app::CsvFile>& files) {
    std::vector<app::CsvFile> all;
    for (const app::CsvFile& file : files)
        if (app::is_timetable_file(file.name)) all.push_back(file);
    for (const app::CsvFile& file : beside)
        if (std::ranges::find(all, file.name, &app::CsvFile::name) == all.end()) all.push_back(file);
    std::ranges::sort(all, {}, &app::CsvFile::name);
    return all;
}

}  // namespace attune::daemon
