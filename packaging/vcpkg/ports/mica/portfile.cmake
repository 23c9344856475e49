# SPDX-License-Identifier: BSL-1.0
# An overlay port: it stands in mica's repository and builds the sources that it stands in.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS
    FEATURES
        asio     MICA_BUILD_ASIO
        compiled MICA_BUILD_COMPILED
        program  MICA_BUILD_PROGRAM
)
if(NOT "compiled" IN_LIST FEATURES)
    set(VCPKG_BUILD_TYPE release) # header-only
endif()

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        ${FEATURE_OPTIONS}
        -DMICA_BUILD_BENCHMARKS=OFF
        -DMICA_BUILD_EXAMPLES=OFF
        -DMICA_BUILD_TESTS=OFF
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/mica)
foreach(feature IN ITEMS regexp sqlcipher) # a pkg-config file may require nothing that is not there
    if(NOT feature IN_LIST FEATURES)
        file(REMOVE "${CURRENT_PACKAGES_DIR}/lib/pkgconfig/mica-${feature}.pc"
            "${CURRENT_PACKAGES_DIR}/debug/lib/pkgconfig/mica-${feature}.pc")
    endif()
endforeach()
vcpkg_fixup_pkgconfig()
if("program" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES mica AUTO_CLEAN)
endif()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
