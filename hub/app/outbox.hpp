// Bytes on their way to one client: what waits, what is in flight, how old the oldest byte is. Pure: time is an
// argument, nothing is sent here. One writer flies at a time: take() hands out everything that waits, sent() takes back
// what the peer's kernel has accepted. Used on the io thread alone; owned by the connection.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "hub/core/ids.hpp"

namespace attune::app {

class Outbox {
  public:
    struct Limits {
        std::size_t bytes_max = 1 << 20;  // waiting and in flight together
        core::Ms age_ms_max = 10'000;     // of the oldest byte not yet sent, to within age_step_ms
    };
    static constexpr core::Ms age_step_ms = 250;

    explicit Outbox(Limits limits) : limits_(limits) {}

    /// Copies one frame behind what waits. Appending past the limit is allowed: the caller asks over() afterwards.
    void append(std::span<const std::byte> head, std::span<const std::byte> payload, core::Ms now) {
        if (marks_.empty() || now - marks_.back().since >= age_step_ms) marks_.push_back({appended_, now});
        const std::size_t size = waiting_.size() + head.size() + payload.size();
        if (size > waiting_.capacity() && size > SpareBuffers::worth_bytes) SpareBuffers::exchange(waiting_);
        waiting_.insert(waiting_.end(), head.begin(), head.end());
        waiting_.insert(waiting_.end(), payload.begin(), payload.end());
        appended_ += head.size() + payload.size();
    }

    /// True when the client is too slow to be kept: too many bytes, or one that has waited too long.
    bool over(core::Ms now) const { return bytes() > limits_.bytes_max || age_ms(now) > limits_.age_ms_max; }

    std::size_t bytes() const { return static_cast<std::size_t>(appended_ - sent_); }
    bool empty() const { return appended_ == sent_; }

    /// How long the oldest unsent byte has waited, at most age_step_ms too long; 0 when there is none.
    core::Ms age_ms(core::Ms now) const { return empty() || marks_.empty() ? 0 : now - marks_.front().since; }

    /// What to write next: the rest of what flies, or else everything that waits. Empty when there is nothing. The
    /// bytes stay where they are until sent() has taken the last of them.
    std::span<const std::byte> take() {
        if (flying_.empty()) flying_ = std::exchange(waiting_, {});
        return std::span<const std::byte>(flying_).subspan(flown_);
    }

    /// `count` bytes of what take() gave have left.
    void sent(std::size_t count) {
        assert(count <= flying_.size() - flown_);
        flown_ += count;
        sent_ += count;
        if (flown_ == flying_.size()) {
            SpareBuffers::give(std::exchange(flying_, {}));
            flown_ = 0;
        }
        std::size_t old = 0;  // marks whose bytes have all left
        while (old < marks_.size() && (empty() || (old + 1 < marks_.size() && marks_[old + 1].first_byte <= sent_)))
            ++old;
        marks_.erase(marks_.begin(), marks_.begin() + static_cast<std::ptrdiff_t>(old));
    }

    /// Gives the last of the memory back; nothing happens unless the box is empty. The bytes' own went when they left.
    void shrink() {
        if (empty()) std::vector<Mark>().swap(marks_);
    }
    std::size_t memory_bytes() const {
        return flying_.capacity() + waiting_.capacity() + marks_.capacity() * sizeof(Mark);
    }

  private:
    /// Idle outboxes hold nothing, and a storm goes to forty: each would grow from nothing, step by step, copying and
    /// touching new pages. So whoever needs more than a little gets a large buffer at once, one that was used before if
    /// there is any; those that have become empty are kept, a few of them.
    class SpareBuffers {
      public:
        static constexpr std::size_t worth_bytes = 2048;

        static void exchange(std::vector<std::byte>& small) {
            if (small.capacity() >= bytes_at_first) return;
            std::vector<std::byte> buffer;
            if (spare().empty()) {
                buffer.reserve(bytes_at_first);
            } else {
                buffer = std::move(spare().back());
                spare().pop_back();
            }
            buffer.assign(small.begin(), small.end());
            small = std::move(buffer);
        }
        static void give(std::vector<std::byte> buffer) {
            if (buffer.capacity() < bytes_at_first || buffer.capacity() > bytes_max || spare().size() == count_max) return;
            spare().push_back(std::move(buffer));
        }

      private:
        static constexpr std::size_t count_max = 128, bytes_at_first = 64 * 1024, bytes_max = 2 * bytes_at_first;
        static std::vector<std::vector<std::byte>>& spare() {
            static thread_local std::vector<std::vector<std::byte>> spare;
            return spare;
        }
    };
    struct Mark {
        std::uint64_t first_byte;  // counted from the first byte ever appended
        core::Ms since;
    };
    Limits limits_;
    std::vector<std::byte> waiting_, flying_;
    std::size_t flown_ = 0;  // of flying_
    std::uint64_t appended_ = 0, sent_ = 0;
    std::vector<Mark> marks_;  // one for each age_step_ms in which something was appended
};

}  // namespace attune::app
