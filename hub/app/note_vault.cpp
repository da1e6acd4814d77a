// A sealed note is nonce, tag and 480 bytes (XSalsa20-Poly1305), in hexadecimal digits.
#include "hub/app/note_vault.hpp"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "hub/app/csv_table.hpp"

namespace attune::app {

namespace {

constexpr std::size_t nonce_bytes = crypto_secretbox_NONCEBYTES;
constexpr std::size_t sealed_bytes = nonce_bytes + crypto_secretbox_MACBYTES + note_bytes_max;
static_assert(crypto_secretbox_KEYBYTES == std::tuple_size_v<NoteKey>);

unsigned char* raw(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }
const unsigned char* raw(const std::byte* bytes) { return reinterpret_cast<const unsigned char*>(bytes); }

void wipe(std::optional<NoteKey>& key) {
    if (key) sodium_memzero(key->data(), key->size());
    key.reset();
}

}  // namespace

NoteVault::NoteVault(Random& random, NoteKeys* keys) : random_(random), keys_(keys) {}
NoteVault::~NoteVault() { wipe(key_); }

void NoteVault::start(bool notes_open) {
    if (!notes_open) return destroy();
    if (keys_ != nullptr) key_ = keys_->load();
}

bool NoteVault::make_key() {
    if (key_) return true;
    if (keys_ == nullptr) return false;
    NoteKey key;
    random_.fill(key);
    if (keys_->keep(key)) key_ = key;
    sodium_memzero(key.data(), key.size());
    return key_.has_value();
}

std::optional<core::SealedText> NoteVault::seal(std::string_view text) {
    if (text.size() > note_bytes_max || !make_key()) return std::nullopt;
    std::vector<unsigned char> plain(note_bytes_max), sealed(sealed_bytes);
    std::ranges::copy(text, plain.begin());
    random_.fill(std::as_writable_bytes(std::span(sealed)).first(nonce_bytes));
    crypto_secretbox_easy(sealed.data() + nonce_bytes, plain.data(), plain.size(), sealed.data(), raw(key_->data()));
    sodium_memzero(plain.data(), plain.size());
    std::string digits(2 * sealed_bytes + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), sealed.data(), sealed.size());
    digits.pop_back();
    return core::SealedText{std::move(digits)};
}

std::string NoteVault::open(const core::SealedText& sealed) const {
    std::vector<unsigned char> bytes(sealed_bytes), plain(note_bytes_max);
    std::size_t length = 0;
    const bool read = sodium_hex2bin(bytes.data(), bytes.size(), sealed.value.data(), sealed.value.size(), nullptr, &length, nullptr) == 0;
    if (!key_ || !read || length != sealed_bytes) return {};
    if (crypto_secretbox_open_easy(plain.data(), bytes.data() + nonce_bytes, sealed_bytes - nonce_bytes, bytes.data(), raw(key_->data())) != 0) return {};
    return {plain.begin(), std::ranges::find(plain, 0)};
}

void NoteVault::destroy() {
    wipe(key_);
    if (keys_ != nullptr) keys_->destroy();
}

std::optional<std::string> note_text(std::string_view typed) {
    while (typed.starts_with(' ')) typed.remove_prefix(1);
    while (typed.ends_with(' ')) typed.remove_suffix(1);
    const auto characters = std::ranges::count_if(typed, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    if (static_cast<std::size_t>(characters) > note_characters_max || typed.size() > note_bytes_max) return std::nullopt;
    if (!typed.empty() && !unfit_to_show(typed).empty()) return std::nullopt;
    return std::string(typed);
}

}  // namespace attune::app
