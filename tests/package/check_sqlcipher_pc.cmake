# SPDX-License-Identifier: BSL-1.0
# cmake -DMICA_BINARY_DIR= -DWORK_DIR= -P check_sqlcipher_pc.cmake
# The installed mica-sqlcipher.pc leads to SQLCipher and not to sqlite3, and refuses a SQLCipher that is too old.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK_DIR}")
execute_process(COMMAND "${CMAKE_COMMAND}" --install "${MICA_BINARY_DIR}" --prefix "${WORK_DIR}/prefix"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(GLOB_RECURSE installed "${WORK_DIR}/prefix/mica-sqlcipher.pc")
cmake_path(GET installed PARENT_PATH folder)

function(ask version)
    file(WRITE "${WORK_DIR}/sqlcipher.pc" "Name: sqlcipher\nDescription: SQLCipher\nVersion: ${version}\n"
        "Libs: -lsqlcipher\nCflags: -I/opt/sqlcipher -DSQLITE_HAS_CODEC\n")
    set(ENV{PKG_CONFIG_PATH} "${folder}:${WORK_DIR}")
    execute_process(COMMAND pkg-config --cflags --libs mica-sqlcipher
        RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE error)
    set(status "${status}" PARENT_SCOPE)
    set(output "${output}${error}" PARENT_SCOPE)
endfunction()

ask(4.5.0)
foreach(flag IN ITEMS -DMICA_SQLCIPHER -lsqlcipher -I/opt/sqlcipher -DSQLITE_HAS_CODEC "${WORK_DIR}/prefix")
    string(FIND "${output}" "${flag}" found)
    if(found EQUAL -1)
        message(FATAL_ERROR "pkg-config did not say ${flag}: ${output}")
    endif()
endforeach()
if(output MATCHES "-lsqlite3")
    message(FATAL_ERROR "one program would link SQLCipher and sqlite3: ${output}")
endif()
ask(4.4.3)
if(status EQUAL 0)
    message(FATAL_ERROR "SQLCipher 4.4.3 is older than mica needs")
endif()
