// When a frame may leave the hub. The rule is one object, because it has one exception: a sick disk never mutes a call.
#pragma once

#include <cstdint>

namespace attune::app {

/// What kind of knowledge a parked effect gives away.
enum class EffectKind : std::uint8_t {
    news,     // an event, as those who may see it are told
    reading,  // an answer that stored nothing itself, but was made from the state: Welcome, cards, rejections, lists
    promise,  // "it is on disk": Done and what else confirms a stored command
};

class Barrier {
  public:
    virtual ~Barrier() = default;
    /// May an effect that was made when `seq` was the newest event leave now?
    virtual bool open(EffectKind kind, std::uint64_t seq, std::uint64_t durable_seq, bool journal_ok) const = 0;
};

/// Durable before visible; when the journal can't write, everything but a promise passes, marked as not recorded.
class DurableBarrier final : public Barrier {
  public:
    bool open(EffectKind kind, std::uint64_t seq, std::uint64_t durable_seq, bool journal_ok) const override {
        if (seq <= durable_seq) return true;
        return !journal_ok && kind != EffectKind::promise;
    }
};

}  // namespace attune::app
