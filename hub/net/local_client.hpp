// A blocking client of the local socket, for attuned's subcommands and for tests. Any one thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace attune::net {

class LocalClient {
  public:
    LocalClient() = default;
    ~LocalClient();
    LocalClient(LocalClient&& other) noexcept;
    LocalClient& operator=(LocalClient&& other) noexcept;

    /// Empty on success, otherwise a sentence for the person at the terminal.
    std::string connect(const std::filesystem::path& socket);
    bool connected() const { return descriptor_ >= 0; }

    /// False when the hub has gone or does not take the frame in time; the connection is closed then.
    bool send(std::span<const std::byte> envelope, std::chrono::milliseconds timeout = std::chrono::seconds(10));
    /// False at the end of the time, of the connection, or at a frame over 8 MiB; error() tells which. After a timeout
    /// the connection is still good and what has come so far is kept.
    bool receive(std::vector<std::byte>& envelope, std::chrono::milliseconds timeout);
    const std::string& error() const { return error_; }
    void close() noexcept;

  private:
    bool fail(std::string why);
    int descriptor_ = -1;
    std::vector<std::byte> come_;
    std::string error_;
};

}  // namespace attune::net
