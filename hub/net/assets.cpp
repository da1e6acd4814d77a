// Finds a page in the generated table.
#include "hub/net/assets.hpp"

#include <algorithm>

namespace attune::net::assets {

const Asset* find(std::string_view path) noexcept {
  const auto table = all();
  const auto at = std::ranges::lower_bound(table, path, {}, &Asset::path);
  return at != table.end() && at->path == path ? &*at : nullptr;
}

}  // namespace attune::net::assets
