// The pages that the hub serves, inside the program itself: one file to deploy, and pages that cannot be of another
// version than the hub. The table is made at build time by assets.cmake from what clients/web builds.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace attune::net::assets {

// One built file. All views point into the program's read-only data and live as long as the process.
struct Asset {
  std::string_view path;          // as requested, with a leading slash: "/room.html"
  std::string_view content_type;  // complete, with charset where it has one
  std::string_view bytes;         // as built
  std::string_view gzip_bytes;    // compressed at build time; empty where compressing did not help
  std::string_view etag;          // quoted, a hash of the content
  bool immutable;                 // the name carries a hash of the content: may be cached for good
};

// All files, ordered by path. Empty in a build without pages.
std::span<const Asset> all() noexcept;

// The file at exactly this path, or null. "/" and a missing ".html" are the caller's business. Any thread.
const Asset* find(std::string_view path) noexcept;

}  // namespace attune::net::assets
