// What one event means for the wires: frames, each encoded once, and the devices that each is for. Kept for a while
// after it was sent, so that a client that was away gets exactly the frames it missed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace attune::app {

using Bytes = std::vector<std::byte>;
/// One encoded envelope, shared by everyone it goes to and by the ring.
using Frame = std::shared_ptr<Bytes>;
/// A device's place in the device table: small, dense, never given again while the hub runs.
using DeviceNumber = std::uint32_t;

struct Parcel {
    Frame frame;
    std::vector<DeviceNumber> to;
};

/// The frames of one event. A device that is in several parcels gets them in their order.
struct Delivery {
    std::uint64_t seq = 0;
    std::vector<Parcel> parcels;
};
using SharedDelivery = std::shared_ptr<Delivery>;

/// The newest deliveries, those that still wait for the disk too. A replay from `last_seq` is complete when
/// last_seq >= floor().
class DeliveryRing {
  public:
    explicit DeliveryRing(std::size_t deliveries_max) : deliveries_max_(deliveries_max) {}

    void push(SharedDelivery delivery) {
        if (entries_.size() == deliveries_max_) {
            floor_ = entries_.front()->seq;
            entries_.pop_front();
        }
        entries_.push_back(std::move(delivery));
    }

    /// Nothing up to and including seq can be replayed: at the start, and after the directory has changed.
    void forget(std::uint64_t seq) {
        entries_.clear();
        floor_ = seq;
    }

    std::uint64_t floor() const { return floor_; }

    /// The frames for one device after last_seq, in order.
    std::vector<Frame> since(std::uint64_t last_seq, DeviceNumber device) const;

  private:
    std::size_t deliveries_max_;
    std::uint64_t floor_ = 0;
    std::deque<SharedDelivery> entries_;
};

/// Turns `recorded` to false in an encoded CallChanged; other frames stay as they are. In place.
void mark_not_recorded(Bytes& envelope);

}  // namespace attune::app
