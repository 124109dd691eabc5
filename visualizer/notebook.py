"""The program for notebooks and scripts: `from visualizer import load, simulate, sweep`."""
