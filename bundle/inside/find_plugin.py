"""Where this Python has a PJRT plugin and what it loads, as lines of NAME=value: python3 find_plugin.py. Imports neither JAX nor a plugin."""

import importlib.metadata
import importlib.util
import pathlib
import sys


def folders_of(name):
    """The folders of a package, if it is installed. A package of several wheels has one folder or several."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return []
    return [pathlib.Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []


def version_of(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def plugins():
    """GPUs' plugins as JAX has them, NVIDIA's newest first, then others, then a processor's."""
    found = {folder.name: folder for parent in folders_of("jax_plugins") for folder in sorted(parent.iterdir()) if folder.is_dir()}
    wanted = ["xla_cuda13", "xla_cuda12", *sorted(found)]
    folders = [found[name] for name in wanted if name in found]
    folders += folders_of("lammps_jax_pjrt_cpu") + folders_of("fastatomstruct_xla_cpu")
    for folder in folders:
        yield from sorted(file for file in folder.rglob("*.so") if "plugin" in file.name)


def libraries():
    """Folders of NVIDIA's libraries that came as wheels. JAX loads them itself; another process's loader has to be told."""
    files = [file for folder in folders_of("nvidia") for file in folder.rglob("lib*.so*")]
    return sorted({str(file.parent) for file in files})


def cuda_folder():
    """Where XLA finds its assembler and device code, among the wheels."""
    for folder in folders_of("nvidia"):
        for place in sorted(folder.glob("c*")):
            if (place / "nvvm" / "libdevice").is_dir() or (place / "bin" / "ptxas").exists():
                return str(place)
    return ""


print(f"PYTHON_VERSION={'.'.join(map(str, sys.version_info[:3]))}")
print(f"JAX={version_of('jax')}")
print(f"PYTORCH={version_of('torch')}")
print(f"PLUGIN={next(map(str, plugins()), '')}")
print(f"LIBRARIES={':'.join(libraries())}")
print(f"CUDA_FOLDER={cuda_folder()}")
