// The text of an id, in place: every event looks dozens of ids up, and a string would be followed to the heap and back,
// compared byte by byte, and allocated with each copy. This one is compared in four words and copied in five.
// The order is that of the bytes, as of a string. Any thread, no failure, no allocation.
#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace attune::core {

class IdText {
public:
    static constexpr std::size_t bytes_max = 32;

    constexpr IdText() = default;
    /// Text above the limit, which no checked input lets through, names nothing: it equals no valid UTF-8 text.
    IdText(std::string_view text) {
        const bool fits = text.size() <= bytes_max;
        size_ = static_cast<std::uint8_t>(fits ? text.size() : bytes_max);
        if (size_ != 0) std::memcpy(words_.data(), text.data(), size_);  // an empty view may point nowhere
        if (!fits) words_.back() = ~std::uint64_t{0};
    }
    IdText(const std::string& text) : IdText(std::string_view(text)) {}
    IdText(const char* text) : IdText(std::string_view(text)) {}

    operator std::string_view() const { return {reinterpret_cast<const char*>(words_.data()), size_}; }
    std::string str() const { return std::string(std::string_view(*this)); }
    operator std::string() const { return str(); }
    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }

    // For sentences.
    friend std::string operator+(std::string_view text, const IdText& id) { return std::string(text) += std::string_view(id); }
    friend std::string operator+(const IdText& id, std::string_view text) { return id.str() += text; }

    friend bool operator==(const IdText&, const IdText&) = default;
    friend std::strong_ordering operator<=>(const IdText& a, const IdText& b) {
        for (std::size_t at = 0; at < a.words_.size(); ++at)
            if (a.words_[at] != b.words_[at]) return as_read(a.words_[at]) <=> as_read(b.words_[at]);
        return a.size_ <=> b.size_;
    }

private:
    /// The first byte of a text is its most significant.
    static constexpr std::uint64_t as_read(std::uint64_t word) {
        if constexpr (std::endian::native == std::endian::little) return __builtin_bswap64(word);
        return word;
    }

    std::array<std::uint64_t, bytes_max / sizeof(std::uint64_t)> words_{};  // padded with zeros
    std::uint8_t size_ = 0;
};

}  // namespace attune::core
