// The words of today's notes: sealed before the core sees them, opened again where somebody who may read them is told.
// The key is one day's and stands outside of the journal; with it the words go, from the journal too (decisions/0018).
// Owns the key in memory. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/app/ports.hpp"
#include "hub/core/day.hpp"

namespace attune::app {

inline constexpr std::size_t note_characters_max = 120;
inline constexpr std::size_t note_bytes_max = 480;

class NoteVault {
  public:
    /// `keys` null: nothing can be sealed.
    NoteVault(Random& random, NoteKeys* keys);
    ~NoteVault();
    NoteVault(const NoteVault&) = delete;
    NoteVault& operator=(const NoteVault&) = delete;

    /// Once the state is restored: with open notes their key is fetched, without any it is destroyed.
    void start(bool notes_open);
    /// Every text becomes equally long. Nothing when the key can't be kept safely. Precondition: at most note_bytes_max.
    std::optional<core::SealedText> seal(std::string_view text);
    /// Empty when its key is gone.
    std::string open(const core::SealedText& sealed) const;
    /// No note is left: nobody can read them any more.
    void destroy();

  private:
    bool make_key();

    Random& random_;
    NoteKeys* keys_;
    std::optional<NoteKey> key_;
};

/// One line of at most note_characters_max characters, without anything that a screen must not show; spaces around it do
/// not count. Nothing when it is not.
std::optional<std::string> note_text(std::string_view typed);

}  // namespace attune::app
