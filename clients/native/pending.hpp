// Commands that the hub has not answered yet. Each has an id that was made once: sent again, it is the same command and
// never acts twice. Durable ones are on disk before they are sent, so that a press survives a crash and a reboot; a
// raised call stays after Done until an adult owns it, so that even a hub that lost its disk hears of it again.
// Blocking, one thread, one writer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clients/native/held.hpp"
#include "protocol/cpp/generated/messages.hpp"

namespace attune::client {

using Answer = std::variant<protocol::Done, protocol::Rejected>;
using Answered = std::function<void(const Answer&)>;

struct PendingCommand {
    protocol::Id id{};
    protocol::AnyMessage message;
    /// The device's wall clock, ms since 1970: how old it is.
    std::int64_t made_at = 0;
    bool durable = false;
    /// It may have left this device: it can't be taken back any more.
    bool sent = false;
    /// A RaiseCall that was answered: the call.
    std::optional<std::uint64_t> done_call;
    /// Monotonic, ms; not to be sent before. Not stored.
    std::int64_t not_before = 0;
    std::vector<Answered> answered;
};

/// Whether a command is kept on disk. A PIN never is, nor what is only true at the moment of the tap.
bool is_durable(const protocol::AnyMessage& command);

class Pending {
  public:
    /// An empty path keeps nothing.
    explicit Pending(std::filesystem::path file = {}) : file_(std::move(file)) {}

    /// Reads what an earlier program left; commands that are held already stay. Stale ones go.
    void load(std::int64_t wall_ms);
    /// From here on to this file (or to none).
    void keep_in(std::filesystem::path file) { file_ = std::move(file); }

    const std::vector<PendingCommand>& commands() const { return commands_; }
    const PendingCommand* find(const protocol::Id& id) const;
    /// A RaiseCall that the hub has not confirmed, the oldest first.
    const PendingCommand* unconfirmed_press() const;
    /// Empty, or a sentence: the disk does not keep what is pending.
    const std::string& trouble() const { return trouble_; }

    /// Adds it, or only the listener where it is held already. Stored when durable.
    void add(PendingCommand command);
    /// The ids that may be sent now, in the order in which they were made.
    std::vector<protocol::Id> sendable(std::int64_t monotonic_ms) const;
    /// Say so before it leaves; `again_at` is when it goes once more without an answer.
    void sending(const protocol::Id& id, std::int64_t again_at);
    /// A new connection: all of it may be sent at once.
    void connected_anew();

    void done(const protocol::Id& id, const protocol::Done& done);
    /// False: it stays, and is sent again at `again_at`.
    bool rejected(const protocol::Id& id, const protocol::Rejected& rejected, std::int64_t again_at);
    /// Lets go of raised calls that an adult owns or that have ended.
    void settle(const Held& held);
    /// Takes back what has never left this device. False: it may have left.
    bool take_back(const protocol::Id& id);

  private:
    PendingCommand* entry(const protocol::Id& id);
    void drop(const protocol::Id& id);
    void store();
    std::filesystem::path file_;
    std::vector<PendingCommand> commands_;
    std::string trouble_;
    std::vector<std::byte> stored_;
};

}  // namespace attune::client
