// The real attuned at its command line, and a folder that is gone afterwards.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace attune::test {

class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }
    /// Writes a file and returns its path.
    std::string write(const std::string& name, const std::string& text) const;

  private:
    std::filesystem::path path_;
};

std::string text_of(const std::filesystem::path& file);

/// attuned as a child process with its output in pipes. Killed when it goes out of scope.
class Program {
  public:
    /// `before` runs in the child just before the program does.
    explicit Program(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {},
                     const std::function<void()>& before = {});
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Reads its standard error until the text comes; false at its end or after the time.
    bool says(const std::string& text, std::chrono::milliseconds limit = std::chrono::seconds(10));
    void signal(int number) const;
    /// Reads all and waits; the exit code, or -signal; -1000 when it does not end in time.
    int wait(std::chrono::milliseconds limit = std::chrono::seconds(15));
    pid_t pid() const { return pid_; }

    std::string out, err;

  private:
    bool pump(std::chrono::milliseconds limit);
    pid_t pid_ = -1;
    int out_pipe_ = -1, err_pipe_ = -1;
};

struct Ran {
    int code = -1;
    std::string out, err;
};
/// Runs a command to its end.
Ran attuned(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {},
            const std::function<void()>& before = {});
/// The same as another user; only root can.
Ran attuned_as(uid_t user, const std::vector<std::string>& arguments);

/// What the hub answers to GET, with the status line; empty when it does not within ten seconds.
std::string get(const std::string& port, const std::string& path);

}  // namespace attune::test
