# SPDX-License-Identifier: BSL-1.0
# Every public header compiles on its own: a target that ./dev check builds with both compilers.
set_target_properties(mica PROPERTIES
    VERIFY_INTERFACE_HEADER_SETS ON INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
add_custom_target(mica_header_check)
add_dependencies(mica_header_check all_verify_interface_header_sets)
