// The list, and its file: the frames themselves, with what is known of each.
#include "clients/native/pending.hpp"

#include <algorithm>
#include <set>

#include "clients/native/private_file.hpp"
#include "protocol/cpp/codec.hpp"
#include "protocol/cpp/pack/pack.hpp"

namespace attune::client {

namespace {

struct StoredCommand {
    std::vector<std::byte> frame;
    std::int64_t made_at = 0;
    bool sent = false;
    std::optional<std::uint64_t> done_call;
};
BOOST_DESCRIBE_STRUCT(StoredCommand, (), (frame, made_at, sent, done_call))

struct StoredCommands {
    std::vector<StoredCommand> commands;
};
BOOST_DESCRIBE_STRUCT(StoredCommands, (), (commands))

constexpr protocol::pack::Limits file_limits{.bytes = 1 << 20,
                                             .depth = 8,
                                             .array_items = 256,
                                             .map_items = 64,
                                             .str_bytes = 4'096,
                                             .bin_bytes = 32'768,
                                             .integer = protocol::integer_max};

constexpr std::int64_t minute_ms = 60'000;

/// What a durable command is worth after so long without an answer: an old "I'm coming" must not be said for anyone.
std::optional<std::int64_t> stale_after(const PendingCommand& command) {
    if (command.done_call) return 10 * minute_ms;
    if (holds_alternative<protocol::AcceptCall>(command.message)) return 2 * minute_ms;
    if (holds_alternative<protocol::ReportOnWay>(command.message)) return 2 * minute_ms;
    if (holds_alternative<protocol::DeclineCall>(command.message)) return 10 * minute_ms;
    return std::nullopt;
}

bool is_retried(std::uint64_t error) {
    using protocol::Error;
    return error == number(Error::hello_first) || error == number(Error::shutting_down) ||
           error == number(Error::journal_unavailable) || error == number(Error::too_many_waiting);
}

template <class... Messages>
bool is_one_of(const protocol::AnyMessage& message) {
    return (holds_alternative<Messages>(message) || ...);
}

bool has_owner(const protocol::CallView& call) {
    return call.owner || call.rung == protocol::CallRung::here || call.rung == protocol::CallRung::settled;
}

}  // namespace

bool is_durable(const protocol::AnyMessage& command) {
    using namespace protocol;
    return is_one_of<RaiseCall, ChooseChild, AddNote, WithdrawCall, ConfirmWithdraw, KeepCall, AcceptCall, DeclineCall,
                     ReportOnWay, ArriveCall, LookIn, AskHelper, ConfirmSupport, SettleCall, MoveCall, HandOverCall,
                     CloseCall>(command);
}

void Pending::load(std::int64_t wall_ms) {
    const auto bytes = read_private(file_);
    if (!bytes) return store();  // what is held already is to be kept, too
    const auto stored = protocol::pack::from_bytes<StoredCommands>(*bytes, file_limits);
    if (!stored) {
        trouble_ = "What was pending cannot be read; it is kept in " + file_.string() + ".unread.";
        std::error_code ignored;
        std::filesystem::rename(file_, file_.string() + ".unread", ignored);
        return;
    }
    std::vector<PendingCommand> before;
    std::swap(before, commands_);
    for (const auto& one : stored->commands) {
        auto envelope = protocol::decode(one.frame);
        if (!envelope || !envelope->id) continue;
        PendingCommand command{
            *envelope->id, std::move(envelope->message), one.made_at, true, one.sent, one.done_call, 0, {}};
        const auto limit = stale_after(command);
        if (limit && std::abs(wall_ms - command.made_at) > *limit) continue;
        commands_.push_back(std::move(command));
    }
    for (auto& command : before)
        add(std::move(command));
    store();
}

const PendingCommand* Pending::find(const protocol::Id& id) const {
    const auto found = std::ranges::find(commands_, id, &PendingCommand::id);
    return found == commands_.end() ? nullptr : &*found;
}

PendingCommand* Pending::entry(const protocol::Id& id) {
    return const_cast<PendingCommand*>(find(id));
}

const PendingCommand* Pending::unconfirmed_press() const {
    const auto found = std::ranges::find_if(commands_, [](const PendingCommand& one) {
        return holds_alternative<protocol::RaiseCall>(one.message) && !one.done_call;
    });
    return found == commands_.end() ? nullptr : &*found;
}

void Pending::add(PendingCommand command) {
    if (PendingCommand* held = entry(command.id)) {
        std::ranges::move(command.answered, std::back_inserter(held->answered));
        return;
    }
    commands_.push_back(std::move(command));
    if (commands_.back().durable) store();
}

std::vector<protocol::Id> Pending::sendable(std::int64_t monotonic_ms) const {
    std::vector<protocol::Id> ids;
    for (const auto& command : commands_)
        if (command.not_before <= monotonic_ms) ids.push_back(command.id);
    return ids;
}

void Pending::sending(const protocol::Id& id, std::int64_t again_at) {
    PendingCommand* command = entry(id);
    if (!command) return;
    command->not_before = again_at;
    if (command->sent) return;
    command->sent = true;
    if (command->durable) store();
}

void Pending::connected_anew() {
    for (auto& command : commands_)
        command.not_before = 0;
}

void Pending::done(const protocol::Id& id, const protocol::Done& done) {
    PendingCommand* command = entry(id);
    if (!command) return;
    const auto listeners = std::move(command->answered);
    command->answered.clear();
    if (holds_alternative<protocol::RaiseCall>(command->message) && done.call) {
        command->done_call = done.call;
        command->not_before = INT64_MAX;
        store();
    } else {
        drop(id);
    }
    for (const auto& answered : listeners)
        if (answered) answered(done);
}

bool Pending::rejected(const protocol::Id& id, const protocol::Rejected& rejected, std::int64_t again_at) {
    PendingCommand* command = entry(id);
    if (!command) return true;
    if (is_retried(rejected.error)) {
        command->not_before = again_at;
        return false;
    }
    const auto listeners = std::move(command->answered);
    drop(id);
    for (const auto& answered : listeners)
        if (answered) answered(rejected);
    return true;
}

void Pending::settle(const Held& held) {
    const auto gone = std::erase_if(commands_, [&](const PendingCommand& command) {
        if (!command.done_call) return false;
        const auto call = held.calls.find(*command.done_call);
        return call == held.calls.end() ? held.live : has_owner(call->second);
    });
    if (gone) store();
}

bool Pending::take_back(const protocol::Id& id) {
    const PendingCommand* command = find(id);
    if (!command || command->sent) return false;
    drop(id);
    return true;
}

void Pending::drop(const protocol::Id& id) {
    const auto found = std::ranges::find(commands_, id, &PendingCommand::id);
    const bool durable = found->durable;
    commands_.erase(found);
    if (durable) store();
}

void Pending::store() {
    if (file_.empty()) return;
    StoredCommands stored;
    for (const auto& command : commands_) {
        if (!command.durable) continue;
        StoredCommand one{{}, command.made_at, command.sent, command.done_call};
        if (protocol::encode(command.message, command.id, one.frame)) stored.commands.push_back(std::move(one));
    }
    std::vector<std::byte> bytes;
    if (protocol::pack::to_bytes(stored, bytes)) return;
    if (bytes == stored_) return;
    trouble_ = write_private(file_, bytes);
    if (trouble_.empty()) stored_ = std::move(bytes);
}

}  // namespace attune::client
