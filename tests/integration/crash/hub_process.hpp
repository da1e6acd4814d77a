// attuned as a child process: started, killed, waited for. Its standard error goes to a file.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace attune::crash {

class HubProcess {
  public:
    HubProcess(std::filesystem::path program, std::filesystem::path log)
        : program_(std::move(program)), log_(std::move(log)) {}
    ~HubProcess();
    HubProcess(const HubProcess&) = delete;
    HubProcess& operator=(const HubProcess&) = delete;

    /// Throws std::runtime_error.
    void start(const std::vector<std::string>& arguments);
    /// SIGKILL, and gone when it returns.
    void kill();
    /// SIGTERM; ended() tells when it has gone.
    void terminate() const;
    /// Its exit code if it ended by itself.
    bool ended(int& code);
    bool running() const { return pid_ > 0; }

    /// Runs a command to its end; the exit code. Output goes to the log.
    int run(const std::vector<std::string>& arguments);

  private:
    pid_t spawn(const std::vector<std::string>& arguments);
    std::filesystem::path program_, log_;
    pid_t pid_ = -1;
};

}  // namespace attune::crash
