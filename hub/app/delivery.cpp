// The ring of deliveries, and the one change that an encoded frame may suffer.
#include "hub/app/delivery.hpp"

#include <algorithm>
#include <array>

namespace attune::app {

std::vector<Frame> DeliveryRing::since(std::uint64_t last_seq, DeviceNumber device) const {
    std::vector<Frame> frames;
    const auto from =
        std::ranges::upper_bound(entries_, last_seq, {}, [](const SharedDelivery& entry) { return entry->seq; });
    for (auto entry = from; entry != entries_.end(); ++entry)
        for (const Parcel& parcel : (*entry)->parcels)
            if (std::ranges::find(parcel.to, device) != parcel.to.end()) frames.push_back(parcel.frame);
    return frames;
}

void mark_not_recorded(Bytes& envelope) {
    // The key as MessagePack, then true. Its first byte can't occur in UTF-8 text before "recorded", so that no string
    // of a site can look like it.
    static constexpr std::array key{std::byte{0xa8}, std::byte{'r'}, std::byte{'e'}, std::byte{'c'}, std::byte{'o'},
                                    std::byte{'r'},  std::byte{'d'}, std::byte{'e'}, std::byte{'d'}, std::byte{0xc3}};
    const auto found = std::ranges::search(envelope, key);
    if (!found.empty()) found.back() = std::byte{0xc2};
}

}  // namespace attune::app
