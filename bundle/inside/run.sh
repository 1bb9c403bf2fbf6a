#!/usr/bin/env bash
# run.sh <command> …: the app on this machine, which needs bash and nothing else. `run.sh help` tells the commands, `run.sh machine` what was found here.
# Looks for what can compute: a PJRT plugin where a Python has one (PIXELCNN_PYTHON names it, python3 by default; PIXELCNN_PJRT_PLUGIN names a file, empty
# for none), NVIDIA's driver, a Vulkan driver.
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
if [ "$(uname -s) $(uname -m)" != "Linux x86_64" ]; then
  echo "run.sh: expected Linux on x86_64, got $(uname -s) on $(uname -m); a bundle is for that machine alone" >&2
  exit 1
fi
unset INIT_CWD NODE_OPTIONS NODE_PATH
[ -z "${PIXELCNN_DATA+set}" ] && [ -d "$here/datasets" ] && export PIXELCNN_DATA=$here/datasets
# There is no network to fetch from.
[ -z "${PIXELCNN_MIRRORS+set}" ] && export PIXELCNN_MIRRORS=

libraries=
add_libraries() { [ -z "$1" ] || libraries=${libraries:+$libraries:}$1; }
[ -d "$here/lib" ] && add_libraries "$here/lib"

# NVIDIA's driver where a container has it, beside the places that the loader knows.
driver=none
if [ -e /dev/nvidiactl ] || [ -e /dev/dxg ]; then
  driver=here
  [ -r /proc/driver/nvidia/version ] && read -r driver </proc/driver/nvidia/version
  for folder in /usr/local/nvidia/lib64 /usr/local/nvidia/lib /usr/lib/wsl/lib; do
    [ -e "$folder/libcuda.so.1" ] && add_libraries "$folder"
  done
fi

# Vulkan's drivers announce themselves with a file; a container's lies elsewhere.
vulkan=${VK_DRIVER_FILES:-${VK_ICD_FILENAMES:-}}
if [ -z "$vulkan" ]; then
  for file in /etc/vulkan/icd.d/*.json /usr/share/vulkan/icd.d/*.json /usr/local/share/vulkan/icd.d/*.json; do
    [ -e "$file" ] && vulkan=${vulkan:+$vulkan:}$file
  done
fi
if [ -z "$vulkan" ] && [ -e /usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json ]; then
  vulkan=/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json
  export VK_DRIVER_FILES=$vulkan
fi

# A Python's plugin and the libraries that it wants. What only draws needs none.
python=${PIXELCNN_PYTHON:-python3}
python_version= jax= pytorch= cuda_folder=
look_into_python() {
  command -v "$python" >/dev/null || return
  local name value
  while IFS='=' read -r name value; do
    case $name in
      PYTHON_VERSION) python_version=$value ;;
      JAX) jax=$value ;;
      PYTORCH) pytorch=$value ;;
      PLUGIN) [ -n "${PIXELCNN_PJRT_PLUGIN+set}" ] || [ -z "$value" ] || export PIXELCNN_PJRT_PLUGIN=$value ;;
      LIBRARIES) add_libraries "$value" ;;
      CUDA_FOLDER) cuda_folder=$value ;;
    esac
  done < <("$python" "$here/python/find_plugin.py" 2>/dev/null)
  [ -n "$cuda_folder" ] || [ ! -d /usr/local/cuda/nvvm ] || cuda_folder=/usr/local/cuda
  case ${PIXELCNN_PJRT_PLUGIN:-} in
    *cuda*) [ -z "$cuda_folder" ] || export XLA_FLAGS="--xla_gpu_cuda_data_dir=$cuda_folder ${XLA_FLAGS:-}" ;;
  esac
}
case ${1:-} in
  train | evaluate | devices | machine | report) look_into_python ;;
esac
[ -z "$libraries" ] || export LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}

if [ "${1:-}" = machine ]; then
  echo "bundle         $here"
  echo "python         ${python_version:-none}${python_version:+ ($python)}"
  echo "JAX            ${jax:-none}"
  echo "PyTorch        ${pytorch:-none}"
  echo "PJRT plugin    ${PIXELCNN_PJRT_PLUGIN:-none: PIXELCNN_PYTHON names a Python that has JAX for its GPU, PIXELCNN_PJRT_PLUGIN a plugin}"
  echo "CUDA's tools   ${cuda_folder:-none}"
  echo "NVIDIA driver  $driver"
  echo "Vulkan driver  ${vulkan:-none}"
  echo "data sets      ${PIXELCNN_DATA:-generated ones}"
  exit
fi
if [ "${1:-}" = report ]; then
  shift
  exec "$here/node" "$here/dist/report-main.js" "$@"
fi
exec "$here/node" "$here/dist/main.js" "$@"
