// Bytes on their way to one client: what waits, and how old the oldest byte is. Pure: time is an argument, nothing is
// sent here. One writer at a time: take() hands out what is next, sent() takes back what the peer's kernel has accepted.
// Used on one thread; owned by the connection.
//
// A frame that goes to forty devices stands here forty times as a reference, and is put together with its neighbours
// only when it is written, in a buffer that all boxes of the thread share: copied forty times as it came, it would fill
// forty buffers that the processor has not seen for a while.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "hub/app/delivery.hpp"
#include "hub/core/ids.hpp"

namespace attune::app {

class Outbox {
  public:
    struct Limits {
        std::size_t bytes_max = 1 << 20;  // of all that is not sent
        core::Ms age_ms_max = 10'000;     // of the oldest byte not yet sent, to within age_step_ms
    };
    static constexpr core::Ms age_step_ms = 250;
    static constexpr std::size_t head_bytes_max = 10;          // of a WebSocket frame
    static constexpr std::size_t gathered_bytes_max = 65'536;  // that take() puts together

    explicit Outbox(Limits limits) : limits_(limits) {}

    /// One frame behind what waits, and what the transport puts before it. Appending past the limit is allowed: the
    /// caller asks over() afterwards. The frame must not change any more.
    void append(std::span<const std::byte> head, Frame frame, core::Ms now) {
        assert(head.size() <= head_bytes_max);
        if (marks_.empty() || now - marks_.back().since >= age_step_ms) marks_.push_back({appended_, now});
        if (first_ > pieces_.size() / 2) {
            pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
            first_ = 0;
        }
        appended_ += head.size() + frame->size();
        Piece& piece = pieces_.emplace_back();
        std::ranges::copy(head, piece.head.begin());
        piece.head_bytes = static_cast<std::uint8_t>(head.size());
        piece.frame = std::move(frame);
    }
    /// The same with bytes that are copied.
    void append(std::span<const std::byte> head, std::span<const std::byte> bytes, core::Ms now) {
        append(head, std::make_shared<Bytes>(bytes.begin(), bytes.end()), now);
    }

    /// True when the client is too slow to be kept: too many bytes, or one that has waited too long.
    bool over(core::Ms now) const { return bytes() > limits_.bytes_max || age_ms(now) > limits_.age_ms_max; }

    std::size_t bytes() const { return static_cast<std::size_t>(appended_ - sent_); }
    bool empty() const { return appended_ == sent_; }

    /// How long the oldest unsent byte has waited, at most age_step_ms too long; 0 when there is none.
    core::Ms age_ms(core::Ms now) const { return empty() || marks_.empty() ? 0 : now - marks_.front().since; }

    /// What to write next: whole frames, but for the first, of which a part may be gone. Empty when there is nothing.
    /// Good until any box of this thread is asked again.
    std::span<const std::byte> take() const {
        if (empty()) return {};
        const Piece& front = pieces_[first_];
        // What need not be put together: the last of a frame, and one that is too long for it.
        if (front_sent_ >= front.head_bytes && (first_ + 1 == pieces_.size() || front.size() > gathered_bytes_max))
            return std::span<const std::byte>(*front.frame).subspan(front_sent_ - front.head_bytes);
        if (front.size() > gathered_bytes_max) return std::span(front.head).first(front.head_bytes).subspan(front_sent_);
        std::vector<std::byte>& buffer = gathered();
        buffer.clear();
        std::size_t skip = front_sent_;
        for (std::size_t at = first_; at < pieces_.size(); ++at) {
            const Piece& piece = pieces_[at];
            if (buffer.size() + piece.size() - skip > gathered_bytes_max) break;
            const std::size_t of_head = std::min<std::size_t>(skip, piece.head_bytes);
            buffer.insert(buffer.end(), piece.head.begin() + of_head, piece.head.begin() + piece.head_bytes);
            buffer.insert(buffer.end(), piece.frame->begin() + static_cast<std::ptrdiff_t>(skip - of_head),
                          piece.frame->end());
            skip = 0;
        }
        return buffer;
    }

    /// What take() gives, or more, in memory that stays as it is until sent() has taken the last of it.
    std::span<const std::byte> hold() {
        const std::span<const std::byte> next = take();
        if (next.empty()) return next;
        const Piece& front = pieces_[first_];
        const bool gathered_now = next.data() == gathered().data();
        if (!gathered_now && front_sent_ >= front.head_bytes) return next;  // the frame's own
        auto kept = std::make_shared<Bytes>(next.begin(), next.end());
        if (!gathered_now) kept->insert(kept->end(), front.frame->begin(), front.frame->end());
        std::size_t left = front_sent_ + kept->size();
        while (left > 0)
            left -= pieces_[first_++].size();
        pieces_[--first_] = {kept, {}, 0};
        front_sent_ = 0;
        return *kept;
    }

    /// `count` bytes of what take() gave have left.
    void sent(std::size_t count) {
        assert(count <= bytes());
        sent_ += count;
        front_sent_ += count;
        while (first_ < pieces_.size() && front_sent_ >= pieces_[first_].size()) {
            front_sent_ -= pieces_[first_].size();
            pieces_[first_++].frame.reset();
        }
        if (first_ == pieces_.size()) {
            pieces_.clear();
            first_ = 0;
        }
        std::size_t old = 0;  // marks whose bytes have all left
        while (old < marks_.size() && (empty() || (old + 1 < marks_.size() && marks_[old + 1].first_byte <= sent_)))
            ++old;
        marks_.erase(marks_.begin(), marks_.begin() + static_cast<std::ptrdiff_t>(old));
    }

    /// Gives the last of the memory back; nothing happens unless the box is empty.
    void shrink() {
        if (!empty()) return;
        std::vector<Piece>().swap(pieces_);
        std::vector<Mark>().swap(marks_);
    }
    /// Its own: frames may belong to others as well.
    std::size_t memory_bytes() const { return pieces_.capacity() * sizeof(Piece) + marks_.capacity() * sizeof(Mark); }

  private:
    struct Piece {
        Frame frame;
        std::array<std::byte, head_bytes_max> head{};
        std::uint8_t head_bytes = 0;

        std::size_t size() const { return head_bytes + frame->size(); }
    };
    struct Mark {
        std::uint64_t first_byte;  // counted from the first byte ever appended
        core::Ms since;
    };
    static std::vector<std::byte>& gathered() {
        static thread_local std::vector<std::byte> bytes = [] {
            std::vector<std::byte> empty;
            empty.reserve(gathered_bytes_max);
            return empty;
        }();
        return bytes;
    }

    Limits limits_;
    std::vector<Piece> pieces_;  // from first_ on
    std::size_t first_ = 0;
    std::size_t front_sent_ = 0;  // of pieces_[first_], its head included
    std::uint64_t appended_ = 0, sent_ = 0;
    std::vector<Mark> marks_;  // one for each age_step_ms in which something was appended
};

}  // namespace attune::app
