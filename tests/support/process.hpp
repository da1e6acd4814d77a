// A program as a child process, with its output in pipes and, where wanted, a line on descriptor 3. Killed when it goes
// out of scope.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace attune::test {

/// Is `part` somewhere in what was said?
inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class Process {
  public:
    /// `before` runs in the child just before the program does.
    Process(const std::string& program, const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment = {}, const std::string& on_descriptor_3 = {},
            const std::function<void()>& before = {});
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Reads until the text is in its output or its errors; false at their end or after the time.
    bool says(const std::string& text, std::chrono::milliseconds limit = std::chrono::seconds(15));
    /// Reads until the condition holds; false as above.
    bool until(const std::function<bool()>& condition, std::chrono::milliseconds limit);
    void signal(int number) const;
    /// Reads all and waits; the exit code, or -signal; -1000 when it does not end in time.
    int wait(std::chrono::milliseconds limit = std::chrono::seconds(20));
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
/// Reads all and waits, as Process::wait().
Ran to_its_end(Process&& process, std::chrono::milliseconds limit);

}  // namespace attune::test
