# A tablet that has fallen silent goes on proving that its adult is there.
s/fact\.health == Health::silent ? prove(state) : Facts{}/Facts{}/
