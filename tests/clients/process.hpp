// A program as a child process, with its output in pipes and, where wanted, a line on descriptor 3. Killed when it goes
// out of scope.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace attune::test {

class Process {
  public:
    Process(const std::string& program, const std::vector<std::string>& arguments,
            const std::vector<std::string>& environment = {}, const std::string& on_descriptor_3 = {});
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    /// Reads until the text is in its output or its errors; false at their end or after the time.
    bool says(const std::string& text, std::chrono::milliseconds limit = std::chrono::seconds(15));
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

}  // namespace attune::test
